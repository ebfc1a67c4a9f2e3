// Time and memory over the number of endpoints, both axes of each panel logarithmic, as one SVG.
const panel = { width: 360, height: 260, left: 64, right: 40, top: 36, gap: 60 };

/** `rows`: {endpoints, seconds, megabytes, peer: number | null}[]. */
export function growthPlot(rows) {
  const time = { title: 'seconds', lines: [line(rows, 'seconds', 'scan', '#0f5e6e'), line(rows, 'peer', 'bare loop', '#9aa3b2')] };
  const memory = { title: 'peak memory, MiB', lines: [line(rows, 'megabytes', 'scan', '#0f5e6e')], atLeast: [100, 1_000] };
  const width = 2 * (panel.width + panel.left) + panel.gap + panel.right;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${panel.height + 90}" font-family="sans-serif" font-size="13" fill="#172033">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    drawn(time, panel.left),
    drawn(memory, 2 * panel.left + panel.width + panel.gap),
    '</svg>\n',
  ].join('\n');
}

const line = (rows, key, name, colour) => ({ name, colour, points: rows.filter((row) => row[key] !== null).map((row) => [row.endpoints, row[key]]) });

function drawn({ title, lines, atLeast = [] }, left) {
  const points = lines.flatMap((each) => each.points);
  const across = decades(points.map(([x]) => x));
  const up = decades([...points.map(([, y]) => y), ...atLeast]);
  const x = (value) => left + scaled(value, across) * panel.width;
  const y = (value) => panel.top + (1 - scaled(value, up)) * panel.height;
  const bottom = panel.top + panel.height;
  return [
    `<text x="${left}" y="22" font-weight="600">${title}</text>`,
    ...powers(up).map((value) => `<line x1="${left}" x2="${left + panel.width}" y1="${y(value)}" y2="${y(value)}" stroke="#e3e7ee"/>`),
    ...powers(up).map((value) => `<text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${value.toLocaleString('en')}</text>`),
    ...powers(across).map((value) => `<text x="${x(value)}" y="${bottom + 20}" text-anchor="middle">${value.toLocaleString('en')}</text>`),
    `<text x="${left + panel.width / 2}" y="${bottom + 42}" text-anchor="middle">endpoints</text>`,
    ...lines.flatMap((each, index) => [
      `<polyline points="${each.points.map(([a, b]) => `${x(a)},${y(b)}`).join(' ')}" fill="none" stroke="${each.colour}" stroke-width="2.5"/>`,
      ...each.points.map(([a, b]) => `<circle cx="${x(a)}" cy="${y(b)}" r="4" fill="${each.colour}"/>`),
      `<text x="${left + panel.width - index * 48}" y="22" text-anchor="end" fill="${each.colour}">${each.name}</text>`,
    ]),
  ].join('\n');
}

const decades = (values) => [Math.floor(Math.log10(Math.min(...values))), Math.max(Math.ceil(Math.log10(Math.max(...values))), 1)];
const powers = ([low, high]) => Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
const scaled = (value, [low, high]) => (Math.log10(value) - low) / (high - low);
