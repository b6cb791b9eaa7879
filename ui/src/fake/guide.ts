import type { GuideBlock } from '../bindings/GuideBlock';
import type { GuideText } from '../bindings/GuideText';

const plain = (text: string): GuideText => ({ text, strong: false });
const strong = (text: string): GuideText => ({ text, strong: true });

/** A guide that has each kind of block. */
export const GUIDE: GuideBlock[] = [
  { kind: 'paragraph', texts: [plain('Padwatch sits in your tray.')] },
  { kind: 'heading', texts: [plain('The first few minutes')] },
  {
    kind: 'list',
    steps: true,
    items: [
      [strong('Connect Lever.'), plain(' A Super Admin creates the key.')],
      [strong('Connect CoderPad.'), plain(' The key is on your own settings page in CoderPad.')],
    ],
  },
  { kind: 'heading', texts: [plain('The window')] },
  {
    kind: 'paragraph',
    texts: [plain('Enter copies the newest link, and '), strong('Undo'), plain(' takes it back.')],
  },
  {
    kind: 'facts',
    facts: [
      [[plain('Ready to send')], [plain('the pad is ready, and you haven’t copied its link yet')]],
      [[plain('Ended')], [plain('the interview ended: watch the playback')]],
    ],
  },
  {
    kind: 'list',
    steps: false,
    items: [
      [strong('Bulk move.'), plain(' Choose who gets a pad.')],
      [strong('Not confirmed.'), plain(' Look in CoderPad.')],
    ],
  },
];
