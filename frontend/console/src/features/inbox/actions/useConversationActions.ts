import { useQueryClient } from "@tanstack/vue-query";
import { api, apiUrl, ApiError } from "@/api/client";
import { keys } from "@/api/keys";
import type { Contact, Conversation, Id, TeamRef, TagRef, UserRef } from "@/api/types";
import { useSession } from "@/app/session";
import { copyText } from "@/lib/copy";
import { t } from "@/lib/i18n";
import { formatDateTime } from "@/lib/time";
import { confirm, useNotify } from "@/ui";
import { patchConversation } from "../list/conversations";

type Target = { user: UserRef | null; team?: TeamRef | null };

/** Everything that can be done with a conversation: shown at once, taken back with a word when the server refuses. */
export function useConversationActions(current: () => Conversation | undefined) {
  const client = useQueryClient();
  const notify = useNotify();
  const session = useSession();

  async function change(
    optimistic: Partial<Conversation>,
    call: (conversation: Conversation) => Promise<Conversation>,
    done: string,
    undo?: () => void,
  ): Promise<Conversation | undefined> {
    const before = current();
    if (!before) return undefined;
    const id = before.id;
    patchConversation(id, optimistic);
    try {
      const after = await call(before);
      patchConversation(after.id, after);
      void client.invalidateQueries({ queryKey: keys.counts });
      notify.done(done, undo);
      return after;
    } catch (error) {
      patchConversation(
        id,
        Object.fromEntries(Object.keys(optimistic).map((name) => [name, before[name as keyof Conversation]])),
      );
      if (error instanceof ApiError && error.code === "version_conflict") {
        await client.invalidateQueries({ queryKey: keys.conversation(id) });
        notify.info(t("inbox.actions.conflict"));
      } else
        notify.failed(
          error,
          error instanceof ApiError && error.retriable ? () => void change(optimistic, call, done, undo) : undefined,
        );
      return undefined;
    }
  }
  const path = (conversation: Conversation, rest = "") => `/conversations/${conversation.id}${rest}`;

  function assign(target: Target, note?: string) {
    const before = current();
    if (!before) return Promise.resolve(undefined);
    const name = target.user?.name ?? target.team?.name;
    const done =
      note !== undefined
        ? t("inbox.actions.transferred", { name: name ?? "" })
        : !name
          ? t("inbox.actions.unassigned")
          : target.user?.id === session.me?.id
            ? t("inbox.actions.assignedMe")
            : t("inbox.actions.assigned", { name });
    const back: Target = { user: before.assignee, team: before.team };
    return change(
      { assignee: target.user, ...(target.team === undefined ? {} : { team: target.team }) },
      (now) =>
        api.post<Conversation>(path(now, "/assign"), {
          assignee_id: target.user?.id ?? null,
          ...(target.team === undefined ? {} : { team_id: target.team?.id ?? null }),
          ...(note ? { note } : {}),
        }),
      done,
      note === undefined ? () => void assign(back) : undefined,
    );
  }

  function setState(state: Conversation["state"], until: Date | null = null) {
    const before = current();
    if (!before) return Promise.resolve(undefined);
    const words = {
      closed: () => t("inbox.actions.closed"),
      waiting: () => t("inbox.actions.waited"),
      snoozed: () => t("inbox.actions.snoozed", { time: until ? formatDateTime(until) : "" }),
      open: () => t(before.state === "snoozed" ? "inbox.actions.unsnoozed" : "inbox.actions.reopened"),
    };
    const former = before.state;
    const formerUntil = before.snoozed_until ? new Date(before.snoozed_until) : null;
    const undoable = state === "closed" || state === "snoozed" || state === "waiting";
    return change(
      { state, snoozed_until: until?.toISOString() ?? null },
      (now) =>
        api.post<Conversation>(path(now, "/state"), {
          state,
          ...(until ? { snoozed_until: until.toISOString() } : {}),
        }),
      words[state](),
      undoable ? () => void setState(former, former === "snoozed" ? formerUntil : null) : undefined,
    );
  }

  const quietly = async (
    optimistic: Partial<Conversation>,
    call: (conversation: Conversation) => Promise<Conversation>,
  ) => {
    const before = current();
    if (!before) return;
    patchConversation(before.id, optimistic);
    try {
      const after = await call(before);
      patchConversation(after.id, after);
    } catch (error) {
      patchConversation(before.id, before);
      notify.failed(error);
    }
  };
  const toggleTag = (tag: TagRef) => {
    const before = current();
    if (!before) return;
    const has = before.tags.some((item) => item.id === tag.id);
    return quietly({ tags: has ? before.tags.filter((item) => item.id !== tag.id) : [...before.tags, tag] }, (now) =>
      api.post<Conversation>(path(now, "/tags"), { add: has ? [] : [tag.id], remove: has ? [tag.id] : [] }),
    );
  };
  const toggleParticipant = (user: UserRef) => {
    const before = current();
    if (!before) return;
    const has = before.participants.some((item) => item.id === user.id);
    return quietly(
      {
        participants: has ? before.participants.filter((item) => item.id !== user.id) : [...before.participants, user],
      },
      (now) =>
        api.post<Conversation>(path(now, "/participants"), { add: has ? [] : [user.id], remove: has ? [user.id] : [] }),
    );
  };
  const patch = (fields: Partial<Pick<Conversation, "priority" | "subject">>, done: string) =>
    change(fields, (now) => api.patch<Conversation>(path(now), fields, { version: now.version }), done);

  async function unmerge(source: Id): Promise<Conversation | undefined> {
    try {
      const after = await api.post<Conversation>(`/conversations/${source}/unmerge`);
      patchConversation(source, after);
      await client.invalidateQueries({ queryKey: keys.conversations });
      notify.done(t("inbox.actions.unmerged"));
      return after;
    } catch (error) {
      notify.failed(error);
      return undefined;
    }
  }
  async function merge(into: Conversation, undone: () => void): Promise<boolean> {
    const source = current();
    if (!source) return false;
    try {
      await api.post<Conversation>(path(source, "/merge"), { into: into.id });
      patchConversation(source.id, { merged_into: into.id, state: "closed" });
      await client.invalidateQueries({ queryKey: keys.conversations });
      notify.done(
        t("inbox.actions.merged", { no: into.no }),
        () =>
          void unmerge(source.id).then((back) => {
            if (back) undone();
          }),
      );
      return true;
    } catch (error) {
      notify.failed(error);
      return false;
    }
  }

  async function setBlocked(blocked: boolean): Promise<void> {
    const before = current();
    if (!before) return;
    const name = before.contact.display_name;
    if (
      blocked &&
      !(await confirm({
        title: t("inbox.actions.blockTitle", { name }),
        body: t("inbox.actions.blockText"),
        confirm: t("inbox.actions.block"),
      }))
    )
      return;
    try {
      const contact = await api.get<Contact>(`/contacts/${before.contact.id}`);
      const after = await api.patch<Contact>(`/contacts/${contact.id}`, { blocked }, { version: contact.version });
      client.setQueryData(keys.contact(contact.id), after);
      patchConversation(before.id, { contact: { ...before.contact, blocked } });
      notify.done(
        blocked ? t("inbox.actions.blocked", { name }) : t("inbox.actions.unblocked"),
        blocked ? () => void setBlocked(false) : undefined,
      );
    } catch (error) {
      notify.failed(error);
    }
  }

  async function requestDiagnosis(): Promise<void> {
    const before = current();
    if (!before) return;
    const name = before.contact.display_name;
    if (
      !(await confirm({
        title: t("inbox.actions.diagnosisTitle", { name }),
        body: t("inbox.actions.diagnosisText"),
        confirm: t("inbox.actions.diagnosisAsk"),
        tone: "neutral",
      }))
    )
      return;
    try {
      patchConversation(before.id, await api.post<Conversation>(path(before, "/diagnosis_request")));
      notify.done(t("inbox.actions.diagnosisAsked"));
    } catch (error) {
      notify.failed(error);
    }
  }

  const transcriptUrl = (conversation: Conversation, format: "html" | "text", inline = false) =>
    apiUrl(`/conversations/${conversation.id}/transcript`, { format, ...(inline ? { view: "inline" } : {}) });
  const copyLink = async () => {
    const conversation = current();
    if (!conversation) return;
    if (await copyText(`${location.origin}/inbox/${conversation.id}`)) notify.done(t("inbox.actions.linkCopied"));
  };
  return {
    assign,
    setState,
    toggleTag,
    toggleParticipant,
    patch,
    merge,
    unmerge,
    setBlocked,
    requestDiagnosis,
    transcriptUrl,
    copyLink,
  };
}

export type ConversationActions = ReturnType<typeof useConversationActions>;
