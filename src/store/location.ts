/** Where scans are kept when nobody says. Creates nothing. */
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** $DOSIMETER_STORE, else a file in the user's state folder (XDG Base Directory 0.8; %LOCALAPPDATA% on Windows). */
export function defaultStoreLocation(env: Environment = process.env, platform: string = process.platform): string {
  if (env.DOSIMETER_STORE) return env.DOSIMETER_STORE;
  const { join } = platform === 'win32' ? win32 : posix;
  return join(platform === 'win32' ? windowsState(env) : unixState(env), 'dosimeter', 'dosimeter.sqlite');
}

const windowsState = (env: Environment): string => env.LOCALAPPDATA || win32.join(env.USERPROFILE || homedir(), 'AppData', 'Local');

/** A relative XDG path is to be ignored, says the specification. */
function unixState(env: Environment): string {
  const state = env.XDG_STATE_HOME;
  return state && posix.isAbsolute(state) ? state : posix.join(env.HOME || homedir(), '.local', 'state');
}
