/** The policy that the real window runs the page under, from where the shell has it. */
import { readFileSync } from 'node:fs';

interface Configuration {
  app: { security: { csp: Record<string, string> } };
}

/** The policy as a header. */
export function contentSecurityPolicy(): string {
  const file = new URL('../tauri.conf.json', import.meta.url);
  const { app } = JSON.parse(readFileSync(file, 'utf8')) as Configuration;
  return Object.entries(app.security.csp)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}
