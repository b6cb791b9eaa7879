/** The set-up. */
import { number } from './phrases';

export const setUp = {
  product: 'Padwatch',
  stepOf: (step: number, of: number) => `Step ${number(step)} of ${number(of)}`,
  goOn: 'Continue',
  startFromNow: 'Start from now',
  notNow: 'Not now',
  welcome: {
    points: [
      'Watches Lever for candidates with the tag “coderpad” who reach Phone Screen.',
      'Makes a CoderPad pad for each, exactly once, and puts its link on the Lever profile.',
      'Hands you the link: one click copies it, ready for the invitation.',
    ],
    need: 'You need an API key of Lever and one of CoderPad. It takes about three minutes.',
    keys: 'Both stay in this computer’s keyring.',
    sample: 'Try it with sample data',
    sampleHint:
      'Opens a second Padwatch with invented people. It needs no keys, and nothing goes outside.',
    sampleStarted: 'It opens in its own window. To end it, quit it from its own tray icon.',
  },
  steps: {
    welcome: { title: 'A pad link, ready when you are', lead: '', goOn: 'Set up' },
    lever: { title: 'The key for Lever', lead: '', goOn: 'Continue' },
    coderpad: { title: 'The key for CoderPad', lead: '', goOn: 'Continue' },
    you: {
      title: 'Who are you in Lever?',
      lead: 'Links and notes are written in this person’s name.',
      goOn: 'Continue',
    },
    watch: { title: 'What to watch', lead: '', goOn: 'Continue' },
    maker: { title: 'Who makes the pads?', lead: '', goOn: 'Continue' },
    people: {
      title: 'The people already there',
      lead: 'They have the tag and are in a watched stage now. They get a pad only if you tick them.',
      goOn: 'Continue',
    },
    invitation: {
      title: 'The invitation',
      lead: 'What a candidate is written. Padwatch fills it in and copies it; you send it.',
      goOn: 'Continue',
    },
    login: { title: 'Start at login?', lead: '', goOn: 'Continue' },
    done: { title: 'Padwatch is watching', lead: 'What happens next:', goOn: 'Show the list' },
  },
  doneWith: {
    padwatch: [
      'As soon as a tagged candidate reaches a watched stage, Padwatch makes the pad and tells you.',
      'Copy the link from the notification, from the tray icon, or from this window.',
      'You can close this window: Padwatch goes on in the tray.',
    ],
    coderpadIntegration: [
      'As soon as CoderPad puts a link on a candidate’s profile, Padwatch tells you.',
      'If no link appears, Padwatch tells you that too.',
      'You can close this window: Padwatch goes on in the tray.',
    ],
  },
};
