/** The two services, alike in how their keys are kept. */
import type { Backend } from '../backend/backend';
import type { CoderpadAccount } from '../bindings/CoderpadAccount';
import type { LeverAccount } from '../bindings/LeverAccount';
import type { PlainWord } from '../say';

export type Service = 'lever' | 'coderpad';

/** What a test of a key found. */
export type Found =
  { service: 'lever'; account: LeverAccount } | { service: 'coderpad'; account: CoderpadAccount };

/** Cleans a key, tries it, and stores it if it is good. */
export async function setKey(backend: Backend, service: Service, key: string): Promise<Found> {
  return service === 'lever'
    ? { service, account: await backend.ask({ kind: 'setLeverKey', key }) }
    : { service, account: await backend.ask({ kind: 'setCoderpadKey', key }) };
}

/** Tries the key that is stored. */
export async function testKey(backend: Backend, service: Service): Promise<Found> {
  return service === 'lever'
    ? { service, account: await backend.ask({ kind: 'testLever' }) }
    : { service, account: await backend.ask({ kind: 'testCoderpad' }) };
}

export function deleteKey(backend: Backend, service: Service): Promise<null> {
  return backend.ask({ kind: service === 'lever' ? 'deleteLeverKey' : 'deleteCoderpadKey' });
}

/** The permissions that Padwatch can't work without and the key doesn't have. */
export function missing(account: LeverAccount): string[] {
  return account.permissions
    .filter((permission) => permission.needed && permission.allowed === false)
    .map((permission) => permission.name);
}

/** What each is called. */
export const SERVICE_WORDS = {
  lever: 'service-lever',
  coderpad: 'service-coderpad',
} as const satisfies Record<Service, PlainWord>;
