import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import { cleanup, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import SaveDiagnostics from './SaveDiagnostics.svelte';

afterEach(cleanup);

describe('what helps to find a fault, as a file', () => {
  it('says where it was saved', async () => {
    useTransport(fixture('family'));
    render(SaveDiagnostics);
    await userEvent.click(screen.getByTestId('save-diagnostics'));
    expect(await screen.findByTestId('diagnostics-saved')).toHaveTextContent(
      'Opgeslagen als /home/sanne/Documenten/schriftje-gegevens-voor-hulp.txt.',
    );
  });

  it('is left alone when the dialog is closed', async () => {
    const host = fixture('family');
    const save = vi.spyOn(host.commands, 'saveDiagnostics');
    save.mockResolvedValue({ status: 'ok', data: null });
    useTransport(host);
    render(SaveDiagnostics);
    const button = screen.getByTestId('save-diagnostics');
    await userEvent.click(button);
    expect(save).toHaveBeenCalledOnce();
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe('false');
    expect(screen.queryByTestId('diagnostics-saved')).toBeNull();
    expect(screen.queryByTestId('trouble')).toBeNull();
  });

  it('says why it was not saved', async () => {
    const host = fixture('family');
    host.commands.saveDiagnostics = () =>
      Promise.resolve({ status: 'error', error: trouble('folderNotWritable') });
    useTransport(host);
    render(SaveDiagnostics);
    await userEvent.click(screen.getByTestId('save-diagnostics'));
    expect(await screen.findByTestId('trouble')).toHaveAttribute('data-code', 'folderNotWritable');
  });
});
