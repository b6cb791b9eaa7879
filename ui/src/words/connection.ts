/** Where the services are, and the proxy. */

export const connection = {
  lead: 'Where Lever and CoderPad are for your company, and how this computer reaches them. The usual choices fit nearly everybody.',
  lever: 'Lever',
  coderpad: 'CoderPad',
  places: {
    production: { label: 'Production', hint: 'Where most accounts are.' },
    eu: { label: 'EU', hint: 'For accounts that are kept in Europe.' },
    sandbox: {
      label: 'Sandbox',
      hint: 'Lever’s own place for trying things. It has its own keys.',
    },
    other: { label: 'Another address' },
  },
  root: (service: string) => `The address of ${service}’s API`,
  proxy: 'Proxy',
  proxies: {
    system: { label: 'As the system has it', hint: 'Its certificates are trusted too.' },
    none: { label: 'None' },
    at: { label: 'This one' },
  },
  proxyAddress: 'Its address, such as proxy.example.com:3128',
  keep: 'Keep this',
  kept: 'It is kept, and in use.',
  restart: 'It is kept. It counts when Padwatch is started again.',
  restartHint: 'Nothing is lost by that. Under “Accounts” the keys can then be tested.',
  restartNow: 'Start again now',
  overruled: 'Padwatch was started with other addresses.',
  overruledHint: 'They come from the command line, or from the sample data, and count more.',
};
