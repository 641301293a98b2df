import { goto } from '$app/navigation';
import type { Write } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, type Fixture } from '$lib/bridge/fixture';
import { drafts } from '$lib/state/drafts.svelte';
import { outbox } from '$lib/state/outbox.svelte';
import { start } from '$lib/state/start';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import WriteFiles from './WriteFiles.svelte';
import { stateWords } from './write-words';
import WriteStatus from './WriteStatus.svelte';

let host: Fixture;
let stop = () => {};

beforeEach(async () => {
  host = fixture('outbox');
  useTransport(host);
  drafts.forget();
  stop = await start();
  await outbox.load();
});
afterEach(() => stop());

function find(means: (write: Write) => boolean): Write {
  const write = outbox.writes.find(means);
  if (!write) throw new Error('there is no such write');
  return write;
}

function show(state: Write['state']) {
  const write = find((one) => one.state === state);
  render(WriteStatus, { write });
  return write;
}
const buttons = () => screen.queryAllByRole('button').map((button) => button.textContent?.trim());

describe('how a write stands, and what can be done with it', () => {
  it('waits: it can be edited or withdrawn', () => {
    show('queued');
    expect(screen.getByTestId('write-state')).toHaveTextContent('Wacht op');
    expect(buttons()).toEqual(['Bewerken', 'Intrekken']);
  });

  it('waits for what the parent decides about the one before it, and says so', () => {
    const doubt = find(({ state }) => state === 'unconfirmed');
    const after: Write = { ...doubt, id: 'later', state: 'queued', files: [] };
    expect(stateWords(after, [doubt, after])).toBe('Wacht op je keuze bij de vorige');
    const elsewhere: Write['what'] = { what: 'reply', conversation: 'elders', text: 'Hoi' };
    expect(stateWords({ ...after, what: elsewhere }, [doubt])).not.toContain('keuze');
  });

  it('uploads: each photo says how far it is, and it can still be withdrawn', () => {
    const write = find(({ files }) => files.length > 0);
    render(WriteFiles, { write });
    render(WriteStatus, { write });
    expect(screen.getByTestId('write-state')).toHaveTextContent('Bestanden worden geüpload');
    const bar = screen.getByRole('progressbar', { name: /wordt geüpload/ });
    expect(bar).toHaveAttribute('aria-valuenow', '38');
    expect(screen.getByLabelText('Geüpload')).toBeVisible();
    expect(buttons()).toEqual(['Bewerken', 'Intrekken']);
  });

  it.each([
    ['photo', 1, 'Foto wordt geüpload'],
    ['photo', 2, 'Foto’s worden geüpload'],
    ['video', 1, 'Video wordt geüpload'],
    ['video', 2, 'Video’s worden geüpload'],
  ] as const)('says what is being uploaded: %s, %d', (kind, count, words) => {
    const write = find(({ files }) => files.length > 1);
    const files = write.files.slice(0, count).map((file) => ({ ...file, kind, sent: 1 }));
    render(WriteStatus, { write: { ...write, files } });
    expect(screen.getByTestId('write-state')).toHaveTextContent(words);
  });

  it('is being sent: it is too late to change anything', () => {
    render(WriteStatus, { write: { ...find(() => true), state: 'sending' } });
    expect(screen.getByTestId('write-state')).toHaveTextContent('Wordt verstuurd');
    expect(buttons()).toEqual([]);
  });

  it('was refused: the portal’s reason, and every way on', async () => {
    const write = show('refused');
    expect(screen.getByTestId('write-reason')).toHaveTextContent(write.reason ?? '?');
    expect(buttons()).toEqual(['Opnieuw proberen', 'Bewerken', 'Tekst kopiëren', 'Weggooien']);
    const copy = vi.spyOn(host.commands, 'copyText');
    await userEvent.setup().click(screen.getByTestId('write-copy'));
    expect(copy).toHaveBeenCalledWith(
      'Ophalen door oma\n\nWoensdag haalt oma Ties op. Ze neemt haar legitimatie mee.',
    );
  });

  it.each([
    ['no-reason-given', 'Niet aangenomen', 'telkens geweigerd, zonder uitleg'],
    ['file-not-taken', 'Niet aangenomen', 'Een foto of video is telkens geweigerd'],
    ['upload-too-large', 'Geweigerd door het ouderportaal', 'te groot om te versturen'],
    [null, 'Geweigerd door het ouderportaal', 'zegt niet waarom'],
  ])('was refused in nobody’s words: it says so in ours: %s', (reasonCode, state, why) => {
    const write = find((one) => one.state === 'refused');
    render(WriteStatus, { write: { ...write, reason: null, reasonCode } });
    expect(screen.getByTestId('write-state')).toHaveTextContent(state);
    expect(screen.getByTestId('write-reason')).toHaveTextContent(why);
  });

  it('may have arrived: it says why nobody knows, and the parent decides', async () => {
    const write = show('unconfirmed');
    expect(screen.getByTestId('write-state')).toHaveTextContent('De verbinding viel weg');
    expect(buttons()).toEqual(['Staat er al', 'Opnieuw versturen']);
    const decide = vi.spyOn(host.commands, 'decideWrite');
    await userEvent.setup().click(screen.getByTestId('write-arrived'));
    expect(decide).toHaveBeenCalledWith(write.id, 'arrived');
  });

  it('is thrown away only after asking', async () => {
    const write = show('queued');
    const withdraw = vi.spyOn(host.commands, 'withdrawWrite');
    const user = userEvent.setup();
    await user.click(screen.getByTestId('write-withdraw'));
    await screen.findByTestId('withdraw-dialog');
    expect(withdraw).not.toHaveBeenCalled();
    await user.click(screen.getByTestId('withdraw-dialog-yes'));
    expect(withdraw).toHaveBeenCalledWith(write.id);
  });

  it('becomes a draft again, and leads to where it is written', async () => {
    show('refused');
    await userEvent.setup().click(screen.getByTestId('write-edit'));
    await waitFor(() => expect(goto).toHaveBeenLastCalledWith('/berichten/nieuw'));
    expect(drafts.at({ place: 'newMessage' }).draft.subject).toBe('Ophalen door oma');
  });

  it('leaves what was half-written there in its place, after it', async () => {
    const keeper = drafts.at({ place: 'newMessage' });
    await waitFor(() => expect(keeper.ready).toBe(true));
    keeper.change({ text: 'Iets heel anders' });
    show('refused');
    await userEvent.setup().click(screen.getByTestId('write-edit'));
    await waitFor(() => expect(keeper.draft.text).toMatch(/^Woensdag[^]*Iets heel anders$/));
  });
});
