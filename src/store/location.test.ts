import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { defaultStoreLocation } from './location.js';

const home = { HOME: '/home/w', USERPROFILE: 'C:\\Users\\w' };

describe('where scans are kept when nobody says', () => {
  it.each([
    ['what $DOSIMETER_STORE says', { ...home, DOSIMETER_STORE: 'here.sqlite', XDG_STATE_HOME: '/state' }, 'linux', 'here.sqlite'],
    ['an empty $DOSIMETER_STORE says nothing', { ...home, DOSIMETER_STORE: '' }, 'linux', '/home/w/.local/state/dosimeter/dosimeter.sqlite'],
    ['the state folder', { ...home, XDG_STATE_HOME: '/state' }, 'linux', '/state/dosimeter/dosimeter.sqlite'],
    ['a relative state folder is ignored', { ...home, XDG_STATE_HOME: 'state' }, 'linux', '/home/w/.local/state/dosimeter/dosimeter.sqlite'],
    ['the home folder', home, 'darwin', '/home/w/.local/state/dosimeter/dosimeter.sqlite'],
    ['no home in the environment', {}, 'linux', `${homedir()}/.local/state/dosimeter/dosimeter.sqlite`],
    ['%LOCALAPPDATA%', { ...home, LOCALAPPDATA: 'D:\\Local', XDG_STATE_HOME: '/state' }, 'win32', 'D:\\Local\\dosimeter\\dosimeter.sqlite'],
    ['a bare Windows', home, 'win32', 'C:\\Users\\w\\AppData\\Local\\dosimeter\\dosimeter.sqlite'],
  ])('%s', (_name, env, platform, location) => {
    expect(defaultStoreLocation(env, platform)).toBe(location);
  });
});
