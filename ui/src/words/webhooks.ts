/** Being told by Lever at once. */
import { count, number } from './phrases';

export const webhooks = {
  lead: 'Padwatch asks Lever every half minute. With webhooks Lever tells it at once, and it asks less often. Lever needs a way to this computer for that: a tunnel. Without webhooks nobody is missed either.',
  copy: 'Copy',
  copied: (what: string) => `Copied: ${what}`,
  on: {
    label: 'Receive webhooks',
    hint: 'Padwatch listens on this computer alone, and believes only what it then reads in Lever itself.',
  },
  left: {
    message: 'Webhooks that Padwatch made are still in Lever.',
    hint: 'They could not be removed when webhooks were switched off, so Lever goes on sending in vain.',
  },
  tunnel: {
    title: '1. The tunnel to this computer',
    lead: 'A tunnel gives this computer an address that Lever can reach. It must run whenever Padwatch does.',
    start: (name: string) => `Start ${name} in a terminal`,
    none: 'None of the tunnel programs cloudflared, tailscale and ngrok was found on this computer. Your IT may have another.',
    target: 'Where the tunnel must lead',
    address: 'The tunnel’s public address',
    addressHint: 'As the tunnel shows it, with or without https://.',
    save: 'Use this address',
  },
  lever: {
    title: '2. The webhooks in Lever',
    first: 'First put in the tunnel’s public address.',
    forMe:
      'With the Lever key, Padwatch can make the webhooks in Lever and store their signing tokens.',
    setUp: 'Set it up for me',
    mend: 'Check and repair',
    remove: 'Remove them from Lever',
    made: (made: number) =>
      `Padwatch made ${count(made, 'webhook', 'webhooks')} in Lever, and knows how ${made === 1 ? 'it is' : 'they are'} signed.`,
    switchOn:
      'A Super Admin must still switch the events on in Lever, under Settings › Integrations and API › Webhooks. “Candidate stage change” matters most.',
    elsewhere: {
      message: 'The webhooks in Lever lead to another address.',
      hint: 'Let Padwatch repair them, or change them in Lever.',
    },
    byHand: 'By hand, without the key’s help',
    steps: [
      'In Lever, a Super Admin opens Settings › Integrations and API › Webhooks.',
      'Switch on “Candidate stage change” (and the other candidate and interview events, if you like) and press “+ Add webhook”.',
      'Paste the address below.',
      'Copy the signing token that Lever shows and add it here. Each webhook has its own.',
      'Press “Verify” in Lever: the check mark appears above.',
    ],
    url: 'The address to paste in Lever',
  },
  token: {
    label: 'Signing token',
    hint: 'It goes into this computer’s keyring and is never shown again.',
    add: 'Add the token',
    added: 'The signing token is stored.',
    delete: 'Delete all tokens',
    deleteQuestion: 'Delete all signing tokens?',
    deleteConsequences: [
      'Until there are others, no event can be checked, and none is taken in. Padwatch goes on asking Lever.',
      '“Check and repair” then mends the webhooks that Padwatch made; for others, copy their tokens in Lever again.',
    ],
    deleted: 'All signing tokens are deleted',
    stored: (stored: number) => `${count(stored, 'token', 'tokens')} stored`,
  },
  health: {
    title: 'How it goes',
    arriving: 'Events arrive.',
    begun: 'Switched on. Two steps are left: the tunnel, and the webhooks in Lever.',
    none: 'Switched on; no event has come yet.',
    waiting: 'Switched on; no event has come lately.',
    verify: 'Verify button',
    verified: (when: string) => `works, ${when}`,
    unverified: (when: string) => `reached Padwatch ${when}; add this webhook’s signing token`,
    lastEvent: 'Last event',
    notYet: 'not yet',
    accepted: 'Events taken in',
    asks: 'Padwatch asks Lever',
    asksEvery: (seconds: number) =>
      seconds === 60
        ? 'every minute'
        : seconds % 60 === 0
          ? `every ${number(seconds / 60)} minutes`
          : `every ${number(seconds)} seconds`,
    refused: 'Refused',
    refusedFor: (refused: number, reason: string) => `${reason}: ${number(refused)}`,
    noneRefused: 'none',
    restarts: 'Started again after a fault',
    restarted: (times: number, last: string) =>
      [count(times, 'time', 'times'), last].filter((part) => part !== '').join(', last '),
  },
};
