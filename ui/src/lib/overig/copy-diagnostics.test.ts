import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import { notice } from '$lib/state/notice.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import CopyDiagnostics from './CopyDiagnostics.svelte';

async function copy(systemTakes: boolean, pageTakes: boolean) {
  const host = fixture('family');
  const copied: string[] = [];
  host.commands.copyText = (text) => {
    if (!systemTakes) return Promise.resolve({ status: 'error', error: trouble('internal') });
    copied.push(text);
    return Promise.resolve({ status: 'ok', data: null });
  };
  useTransport(host);
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => {
    if (!pageTakes) return Promise.reject(new Error('refused'));
    copied.push(text);
    return Promise.resolve();
  });
  render(CopyDiagnostics);
  await user.click(screen.getByTestId('diagnostics'));
  return copied;
}

describe('what helps to find a fault', () => {
  it('goes to the system’s clipboard', async () => {
    expect(await copy(true, false)).toEqual([expect.stringContaining('schriftje')]);
    expect(notice.text).toContain('Gekopieerd');
  });

  it('goes to the page’s clipboard where the system has none', async () => {
    expect(await copy(false, true)).toEqual([expect.stringContaining('schriftje')]);
  });

  it('can be selected when neither takes it, and says so', async () => {
    expect(await copy(false, false)).toEqual([]);
    expect(await screen.findByRole('alert')).toHaveTextContent('Kopiëren lukte niet vanzelf');
    expect(screen.getByTestId('diagnostics-text')).toHaveValue(
      'schriftje 0.1.0\nportal: plain\ncards: 312',
    );
  });
});
