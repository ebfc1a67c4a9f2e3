/** Pages and the ways in which sites are put together. Opens no sockets. */
import type { WebAnswer, WebSite } from './behaviour.js';

export const notFound: WebAnswer = { status: 404, body: '<!doctype html><title>404 Not Found</title><h1>Not Found</h1>' };

export const page = (title: string, body: string): WebAnswer => ({
  status: 200,
  body: `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`,
});

export const redirectTo = (location: string): WebAnswer => ({ status: 302, headers: { location } });

/** The first site that knows the path answers. */
export const joined =
  (...sites: readonly WebSite[]): WebSite =>
  (request) => {
    for (const site of sites) {
      const answer = site(request);
      if (answer.status !== 404) return answer;
    }
    return notFound;
  };

export const pages =
  (byPath: Readonly<Record<string, WebAnswer>>): WebSite =>
  ({ method, path }) =>
    (method === 'GET' || method === 'HEAD') && Object.hasOwn(byPath, path) ? (byPath[path] as WebAnswer) : notFound;

/** HTTP authentication in front of everything. */
export const behindLogin =
  (realm: string): WebSite =>
  () => ({ status: 401, headers: { 'www-authenticate': `Basic realm="${realm}"` }, body: '' });

export const loginForm = '<form method="post" action="/login"><input name="user"><input type="password" name="password"><button>Log in</button></form>';

/** Answers everything with the same page, also what does not exist. */
export const sameForEverything =
  (answer: WebAnswer): WebSite =>
  () =>
    answer;
