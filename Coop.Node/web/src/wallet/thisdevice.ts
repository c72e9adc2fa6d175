const systems: readonly [pattern: RegExp, name: string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows computer'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux computer'],
];

/** What a member would call this device, as far as the browser tells. */
export const deviceName = (): string =>
  systems.find(([pattern]) => pattern.test(navigator.userAgent))?.[1] ?? 'This browser';
