import type { AppError, Result, Thread } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture } from '$lib/bridge/fixture';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { thread } from './thread.svelte';

type Answer = Result<Thread, AppError>;
let host: Fixture;
let here: (answer: Answer) => void;
let there: ((answer: Answer) => void)[];
const focused = vi.spyOn(document, 'hasFocus');

const of = (subject: string, more: Partial<Thread['conversation']> = {}): Answer => ({
  status: 'ok',
  data: {
    conversation: {
      id: 'c',
      subject,
      snippet: '',
      beganAt: null,
      lastWritten: '2026-11-24T10:00:00Z',
      unread: false,
      lastFromParent: false,
      lastAuthor: null,
      childNames: [],
      children: [],
      group: null,
      closed: false,
      readHere: true,
      ...more,
    },
    messages: [],
    writes: [],
    trouble: null,
  },
});
const settle = () => new Promise((done) => setTimeout(done, 0));

beforeEach(() => {
  thread.close();
  focused.mockReturnValue(true);
  there = [];
  host = fixture('family');
  host.commands.conversation = () => new Promise((answer) => (here = answer));
  host.commands.openConversation = () => new Promise((answer) => there.push(answer));
  useTransport(host);
});

describe('an exchange that is opened', () => {
  it('shows what is here at once, and then what the portal has', async () => {
    const opened = thread.open('c');
    here(of('van hier'));
    await settle();
    expect(thread.shown?.conversation.subject).toBe('van hier');
    expect(thread.opening).toBe(true);
    there[0]?.(of('van het portaal'));
    await opened;
    expect(thread.shown?.conversation.subject).toBe('van het portaal');
    expect(thread.opening).toBe(false);
  });

  it('is not overwritten by what is here when that comes last', async () => {
    const opened = thread.open('c');
    there[0]?.(of('van het portaal'));
    await settle();
    here(of('van hier'));
    await opened;
    expect(thread.shown?.conversation.subject).toBe('van het portaal');
  });

  it('does not show the one that was left', async () => {
    void thread.open('c');
    const first = there[0];
    void thread.open('d');
    first?.(of('de vorige'));
    await settle();
    expect(thread.shown).toBeNull();
  });

  it('keeps what is here when the portal cannot be reached, and says so', async () => {
    const opened = thread.open('c');
    here(of('van hier'));
    await settle();
    there[0]?.({ status: 'error', error: trouble('offline') });
    await opened;
    expect(thread.shown?.conversation.subject).toBe('van hier');
    expect(thread.trouble?.code).toBe('offline');
  });

  it('marks an answer that comes in while one looks as read, once', async () => {
    const opened = thread.open('c');
    here(of('eerst'));
    there[0]?.(of('eerst'));
    await opened;
    const later = { unread: true, lastWritten: '2026-11-24T11:00:00Z' };
    for (let time = 0; time < 3; time += 1) {
      const reloaded = thread.reload();
      here(of('daarna', later));
      await settle();
      there[time + 1]?.(of('daarna', later));
      await reloaded;
    }
    expect(there).toHaveLength(2);
  });

  it('is read from the portal once the connection is back', async () => {
    const opened = thread.open('c');
    here(of('van hier'));
    await settle();
    const cutOff = of('van hier');
    if (cutOff.status === 'ok') cutOff.data.trouble = trouble('offline');
    there[0]?.(cutOff);
    await opened;
    expect(thread.shown?.trouble?.code).toBe('offline');
    const reloaded = thread.reload();
    here(of('van hier'));
    await settle();
    there[1]?.(of('van het portaal'));
    await reloaded;
    expect(thread.shown?.trouble).toBeNull();
    expect(thread.shown?.conversation.subject).toBe('van het portaal');
  });

  it('shows what was just written while the portal takes long', async () => {
    void thread.open('c');
    here(of('van hier'));
    await settle();
    const reloaded = thread.reload();
    const answer = of('van hier');
    const write = { id: 'w' } as Thread['writes'][number];
    if (answer.status === 'ok') answer.data.writes = [write];
    here(answer);
    await reloaded;
    expect(thread.opening).toBe(true);
    expect(thread.shown?.writes).toEqual([write]);
  });

  it('leaves an answer unread that comes in while another window has the focus', async () => {
    const opened = thread.open('c');
    here(of('eerst'));
    there[0]?.(of('eerst'));
    await opened;
    const reload = async () => {
      const reloaded = thread.reload();
      here(of('daarna', { unread: true, lastWritten: '2026-11-24T11:00:00Z' }));
      await settle();
      there[1]?.(of('daarna'));
      await reloaded;
    };
    focused.mockReturnValue(false);
    await reload();
    expect(thread.shown?.conversation.subject).toBe('daarna');
    expect(there).toHaveLength(1);
    focused.mockReturnValue(true);
    await reload();
    expect(there).toHaveLength(2);
  });
});
