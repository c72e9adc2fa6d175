import { describe, expect, it } from 'vitest';
import { acceptKey, pinKey, type KeyMemory } from '../src/verify/pin';

function memory(): KeyMemory {
  const items = new Map<string, string>();
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
  };
}

describe('pinKey', () => {
  it('remembers the first key and knows it again', () => {
    const browser = memory();
    expect(pinKey(browser, 'a', 'k1')).toEqual({ vkey: 'k1', state: 'first' });
    expect(pinKey(browser, 'a', 'k1')).toEqual({ vkey: 'k1', state: 'same' });
  });

  it('keeps to the first key when another is shown, until that one is accepted', () => {
    const browser = memory();
    pinKey(browser, 'a', 'k1');
    expect(pinKey(browser, 'a', 'k2')).toEqual({ vkey: 'k1', state: 'changed' });
    expect(pinKey(browser, 'a', 'k2').state).toBe('changed');
    acceptKey(browser, 'a', 'k2');
    expect(pinKey(browser, 'a', 'k2')).toEqual({ vkey: 'k2', state: 'same' });
  });

  it('keeps the keys of different nodes apart', () => {
    const browser = memory();
    pinKey(browser, 'a', 'k1');
    expect(pinKey(browser, 'b', 'k2').state).toBe('first');
  });
});
