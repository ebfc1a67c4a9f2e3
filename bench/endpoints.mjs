// Shared by the loops: which endpoints, and the rounds that are timed. The first round warms up and is not counted.

export const benchSettings = {
  touch: 'handshake',
  callingAeTitle: null,
  calledAeTitle: null,
  implementationVersionName: 'DOSIMETER_BENCH',
  nonce: 'BENCH2',
  responseBudget: 5000,
  sample: true,
};

export function endpoints(prefix, portList) {
  const list = [];
  for (let host = 1; host <= 250; host += 1)
    for (const port of portList.split(',')) list.push({ host: `${prefix}.${host}`, address: `${prefix}.${host}`, port: Number(port) });
  return list;
}

export async function rounds([prefix, portList, count, concurrency], ask, list) {
  const rates = [];
  for (let round = 0; round <= Number(count); round += 1) {
    const waiting = list(prefix, portList);
    const total = waiting.length;
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: Number(concurrency) }, async () => {
        for (let next = waiting.pop(); next; next = waiting.pop()) await ask(next);
      }),
    );
    if (round > 0) rates.push((total / (performance.now() - startedAt)) * 1000);
  }
  rates.sort((a, b) => a - b);
  console.log(Math.round(rates[Math.floor(rates.length / 2)]));
}
