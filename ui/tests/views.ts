/** Every view of the page, and how a person gets there. */
import type { Page } from 'playwright-core';

export interface View {
  name: string;
  scene: string;
  reach: (page: Page) => Promise<void>;
}

const stay = (): Promise<void> => Promise.resolve();

function settings(name: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page
      .getByRole('navigation')
      .getByRole('button', { name: new RegExp(`^${name}`) })
      .click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  };
}

/** A part that is folded on a page of the settings. */
function folded(name: string, part: string): (page: Page) => Promise<void> {
  return async (page) => {
    await settings(name)(page);
    await page.locator('summary', { hasText: part }).click();
  };
}

function advanced(part: string): (page: Page) => Promise<void> {
  return folded('Advanced and help', part);
}

/** Walks the set-up up to a page. */
function setUp(steps: number): (page: Page) => Promise<void> {
  return async (page) => {
    const cover = page.locator('.cover');
    const titles = ['Connect Lever', 'Connect CoderPad', 'Check these', 'Already in Phone Screen'];
    for (const [at, name] of titles.slice(0, steps).entries()) {
      await cover.getByRole('heading', { level: 1, name }).waitFor();
      if (at < 2) {
        await cover.locator('input[type=password]').fill('invented');
      }
      await cover.getByRole('button', { name: /^(Connect|Continue)$/ }).click();
    }
    await cover.getByRole('heading', { level: 1, name: titles[steps] ?? '' }).waitFor();
    await cover.getByText('Checking').waitFor({ state: 'detached' });
  };
}

async function decide(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Decide about/ }).click();
  await page.getByRole('heading', { name: 'Activity' }).waitFor();
}

async function finished(page: Page): Promise<void> {
  await page.locator('.row .name').first().dispatchEvent('click');
  await page.getByText('Participants', { exact: true }).waitFor();
}

async function withCode(page: Page): Promise<void> {
  await finished(page);
  await page.getByRole('button', { name: 'Show code' }).click();
  await page.locator('pre code').first().waitFor();
}

async function scrolledTo(page: Page, text: string): Promise<void> {
  await page
    .getByText(text, { exact: true })
    .first()
    .evaluate((element) => {
      element.scrollIntoView({ block: 'start' });
    });
}

async function withNote(page: Page): Promise<void> {
  await finished(page);
  await page.getByRole('button', { name: /^(Add code to Lever|Add another note)…$/ }).click();
  await page.getByLabel('Note text').waitFor();
  await scrolledTo(page, 'Note in Lever');
}

async function withNoteOptions(page: Page): Promise<void> {
  await withNote(page);
  await page.getByText('Options', { exact: true }).click();
  await page.getByLabel('Secret note').check();
  await scrolledTo(page, 'Note in Lever');
}

export const VIEWS: readonly View[] = [
  { name: 'list', scene: 'usual', reach: stay },
  { name: 'list-empty', scene: 'empty', reach: stay },
  { name: 'list-hard-names', scene: 'hard', reach: stay },
  { name: 'list-many', scene: 'many', reach: stay },
  { name: 'list-offline', scene: 'offline', reach: stay },
  { name: 'list-paused', scene: 'paused', reach: stay },
  { name: 'list-needs-you', scene: 'stopped', reach: stay },
  { name: 'list-keyring-locked', scene: 'locked', reach: stay },
  { name: 'list-few-pads', scene: 'fewPads', reach: stay },
  { name: 'list-busy', scene: 'busy', reach: stay },
  { name: 'list-rebuilding', scene: 'rebuilding', reach: stay },
  { name: 'list-sample', scene: 'sample', reach: stay },
  { name: 'list-loading', scene: 'loading', reach: stay },
  {
    name: 'list-search',
    scene: 'usual',
    reach: async (page) => {
      await page.getByRole('combobox').fill('engineer');
      await page.locator('[role=row][aria-selected=true]').waitFor();
    },
  },
  {
    name: 'list-nobody-found',
    scene: 'usual',
    reach: async (page) => {
      await page.getByRole('combobox').fill('zzz');
      await page.getByRole('heading', { name: 'No matches' }).waitFor();
    },
  },
  {
    name: 'list-copied',
    scene: 'usual',
    reach: async (page) => {
      await page
        .getByRole('button', { name: /^Copy link for/ })
        .first()
        .click();
      await page
        .getByRole('button', { name: /^Copied · Undo/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'pause-menu',
    scene: 'usual',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Pause' }).click();
      await page.locator('[role=menu]').waitFor();
    },
  },
  {
    name: 'actions',
    scene: 'usual',
    reach: async (page) => {
      await page.locator('[role=row][aria-selected=true]').waitFor();
      await page.keyboard.press('Control+k');
      await page.locator('[role=menu]').waitFor();
    },
  },
  {
    name: 'shortcuts',
    scene: 'usual',
    reach: async (page) => {
      await page.locator('[role=row][aria-selected=true]').waitFor();
      await page.keyboard.press('Control+/');
      await page.locator('dialog').waitFor();
    },
  },
  {
    name: 'list-skipped',
    scene: 'usual',
    reach: async (page) => {
      await page.locator('button[aria-pressed]').click();
      await page.locator('.row.setAside .name').first().waitFor();
    },
  },
  {
    name: 'list-many-notices',
    scene: 'troubled',
    reach: async (page) => {
      await page.locator('.banner button[aria-expanded]').click();
      await page.locator('.banner .notice').nth(2).waitFor();
    },
  },
  {
    name: 'candidate',
    scene: 'doubled',
    reach: async (page) => {
      await page.locator('.row .name').nth(1).click();
      await page.getByRole('heading', { name: 'Activity' }).waitFor();
    },
  },
  {
    name: 'candidate-invitation',
    scene: 'gapped',
    reach: async (page) => {
      await page.locator('.row .name').nth(1).click();
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByRole('group', { name: 'Preview' }).waitFor();
      await page.getByRole('button', { name: 'Copy invitation' }).click();
      await page.getByRole('button', { name: 'Copy anyway' }).waitFor();
    },
  },
  {
    name: 'candidate-upcoming',
    scene: 'usual',
    reach: async (page) => {
      await page.locator('.row.interviews .name').first().click();
      await page.getByText(/Ines Pereira, Jonas Okafor/).waitFor();
    },
  },
  {
    name: 'candidate-waiting',
    scene: 'usual',
    reach: async (page) => {
      await page.locator('.row.waiting .name').click();
      await page.getByRole('button', { name: 'More actions' }).waitFor();
    },
  },
  {
    name: 'candidate-unneeded',
    scene: 'changed',
    reach: async (page) => {
      await page.locator('.row.toSend .name').first().click();
      await page.getByRole('button', { name: 'End pad…' }).waitFor();
    },
  },
  {
    name: 'candidate-unneeded-confirm',
    scene: 'changed',
    reach: async (page) => {
      await page.locator('.row.toSend .name').first().click();
      await page.getByRole('button', { name: 'End pad…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'candidate-old-time',
    scene: 'changed',
    reach: async (page) => {
      await page.locator('.row .name', { hasText: 'Donau' }).click();
      await page.getByText('The interview was rescheduled').waitFor();
    },
  },
  { name: 'finished', scene: 'finished', reach: finished },
  {
    name: 'finished-code',
    scene: 'finished',
    reach: async (page) => {
      await withCode(page);
      await scrolledTo(page, 'Final code');
    },
  },
  { name: 'finished-hostile', scene: 'finishedHostile', reach: withCode },
  { name: 'finished-note', scene: 'finished', reach: withNote },
  { name: 'finished-note-options', scene: 'finished', reach: withNoteOptions },
  { name: 'finished-note-added', scene: 'noteAdded', reach: finished },
  { name: 'finished-note-uncertain', scene: 'noteUncertain', reach: finished },
  { name: 'finished-note-halted', scene: 'noteHalted', reach: finished },
  { name: 'candidate-uncertain', scene: 'usual', reach: decide },
  {
    name: 'candidate-confirm',
    scene: 'usual',
    reach: async (page) => {
      await decide(page);
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: /^Create another pad/ }).click();
    },
  },
  {
    name: 'people-already-there',
    scene: 'usual',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Choose…' }).click();
      await page.getByRole('checkbox').nth(2).check();
    },
  },
  {
    name: 'settings',
    scene: 'usual',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('navigation').waitFor();
    },
  },
  {
    name: 'settings-accounts',
    scene: 'usual',
    reach: async (page) => {
      await settings('Accounts')(page);
      for (const name of ['Lever', 'CoderPad']) {
        await page.getByRole('region', { name }).getByRole('button', { name: 'Test' }).click();
      }
      await page.getByText('38 left, 12 used').waitFor();
    },
  },
  { name: 'settings-watching', scene: 'usual', reach: settings('Watching') },
  {
    name: 'settings-rehearsal',
    scene: 'usual',
    reach: async (page) => {
      await settings('Watching')(page);
      await page.locator('summary', { hasText: 'Rehearsal' }).click();
      await page.getByRole('button', { name: 'Rehearse' }).click();
      await page.getByText('Padwatch would have created 3 pads').waitFor();
    },
  },
  {
    name: 'settings-invitation',
    scene: 'usual',
    reach: async (page) => {
      await settings('Invitation')(page);
      await page.getByRole('group', { name: 'Preview' }).waitFor();
    },
  },
  {
    name: 'settings-invitation-broken',
    scene: 'brokenTemplate',
    reach: async (page) => {
      await settings('Invitation')(page);
      await page.getByRole('button', { name: 'Select' }).nth(2).waitFor();
    },
  },
  { name: 'settings-pads', scene: 'usual', reach: settings('Pads') },
  {
    name: 'settings-jobs',
    scene: 'usual',
    reach: async (page) => {
      await folded('Pads', 'Jobs')(page);
      const jobs = page.locator('.page');
      await jobs.getByRole('button', { name: 'Pads and invitation' }).first().click();
      await page.getByRole('button', { name: 'Use other pad settings for this job' }).click();
      await page.getByLabel('Language').nth(1).waitFor();
    },
  },
  {
    name: 'settings-jobs-confirm',
    scene: 'usual',
    reach: async (page) => {
      await folded('Pads', 'Jobs')(page);
      await page.getByLabel('Tag “coderpad”').nth(1).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'settings-general',
    scene: 'usual',
    reach: async (page) => {
      await settings('General')(page);
      await page.getByLabel('Quiet hours').check();
      await page.getByLabel('From').waitFor();
    },
  },
  {
    name: 'settings-connection',
    scene: 'usual',
    reach: async (page) => {
      await folded('Accounts', 'Connection')(page);
      const proxy = page.getByRole('group', { name: 'Proxy' });
      await proxy.getByRole('radio', { name: 'Custom' }).check();
      await page.getByLabel(/^Proxy address/).fill('proxy.example.com:3128');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Restart now' }).waitFor();
    },
  },
  { name: 'settings-advanced', scene: 'usual', reach: settings('Advanced and help') },
  {
    name: 'settings-guide',
    scene: 'usual',
    reach: async (page) => {
      await advanced('Guide')(page);
      await page.getByRole('heading', { name: 'The window' }).waitFor();
    },
  },
  { name: 'settings-shortcuts', scene: 'usual', reach: advanced('Keyboard shortcuts') },
  { name: 'settings-report', scene: 'newer', reach: advanced('Report a problem') },
  { name: 'settings-webhooks-off', scene: 'usual', reach: advanced('Webhooks') },
  { name: 'settings-webhooks', scene: 'webhooks', reach: advanced('Webhooks') },
  { name: 'settings-webhooks-begun', scene: 'webhooksBegun', reach: advanced('Webhooks') },
  { name: 'settings-webhooks-silent', scene: 'webhooksSilent', reach: advanced('Webhooks') },
  { name: 'settings-webhooks-port', scene: 'webhooksOtherPort', reach: advanced('Webhooks') },
  { name: 'settings-webhooks-left', scene: 'webhooksLeft', reach: advanced('Webhooks') },
  {
    name: 'settings-webhooks-by-hand',
    scene: 'webhooks',
    reach: async (page) => {
      await advanced('Webhooks')(page);
      await page.getByText('Set up manually').click();
      await page.getByLabel('Signing token').scrollIntoViewIfNeeded();
    },
  },
  { name: 'settings-export', scene: 'usual', reach: advanced('Export') },
  { name: 'settings-forget', scene: 'usual', reach: advanced('Reset Padwatch') },
  {
    name: 'settings-forget-confirm',
    scene: 'usual',
    reach: async (page) => {
      await advanced('Reset Padwatch')(page);
      await page.locator('.page').getByRole('button', { name: 'Reset Padwatch' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'set-up-1-lever', scene: 'setUp', reach: setUp(0) },
  {
    name: 'set-up-1-lever-permissions',
    scene: 'setUp',
    reach: async (page) => {
      await setUp(0)(page);
      await page.getByText('Which permissions to select').click();
      await page.getByRole('button', { name: 'Copy a request for your Super Admin' }).click();
      await page.getByRole('button', { name: 'Show key' }).click();
    },
  },
  { name: 'set-up-2-coderpad', scene: 'setUp', reach: setUp(1) },
  {
    name: 'set-up-3-check',
    scene: 'setUp',
    reach: async (page) => {
      await setUp(2)(page);
      await page.getByRole('button', { name: 'Stage' }).waitFor();
    },
  },
  {
    name: 'set-up-3-check-changed',
    scene: 'setUp',
    reach: async (page) => {
      await setUp(2)(page);
      await page.getByRole('button', { name: 'Stage' }).click();
      await page.getByRole('checkbox', { name: 'Phone Screen' }).waitFor();
    },
  },
  {
    name: 'set-up-3-check-integration',
    scene: 'setUpIntegration',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('CoderPad’s Lever integration').waitFor();
    },
  },
  { name: 'set-up-4-people', scene: 'setUp', reach: setUp(3) },
];
