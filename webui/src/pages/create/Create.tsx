import { type SubmitEvent, useState } from "react";
import { Button } from "pf/Button";
import { Form } from "pf/Form";
import { PageSection } from "pf/Page";
import { useTranslation } from "react-i18next";

import { createGuest } from "@/api/acts";
import { ApiError } from "@/api/client";
import { PageHead } from "@/components/PageHead";
import { Problem, useSentence } from "@/components/Problem";
import { navigate, usePlace } from "@/router";
import { usePortal } from "@/session";
import { DiskFields } from "./DiskFields";
import { bodyOf, type Draft, faultsOf, firstDraft } from "./draft";
import { ImageChoice } from "./ImageChoice";
import { MoreOptions } from "./MoreOptions";
import { NameAndPool } from "./NameAndPool";
import { SizeChoice } from "./SizeChoice";
import { Summary } from "./Summary";
import { type Choices, filled, useChoices } from "./useChoices";

/** What every section of the form gets. `wrong` has a sentence for each field that cannot be accepted. */
export interface SectionProps {
  draft: Draft;
  choices: Choices;
  set: (change: Partial<Draft>) => void;
  wrong: Partial<Record<string, string>>;
}

export default function Create() {
  const { t } = useTranslation("create");
  const { query } = usePlace();
  const [typed, setTyped] = useState(() => firstDraft(query));
  const choices = useChoices(typed);
  const draft = filled(typed, choices);
  return (
    <>
      <PageHead title={t("title")} above={<a href="/guests">{t("guests")}</a>} />
      <PageSection hasBodyWrapper={false}>
        {choices.problem && <Problem problem={choices.problem} />}
        {choices.ready && <CreateForm draft={draft} choices={choices} set={(change) => setTyped({ ...typed, ...change })} />}
      </PageSection>
    </>
  );
}

function CreateForm({ draft, choices, set }: Omit<SectionProps, "wrong">) {
  const { t } = useTranslation("create");
  const { user, group } = usePortal();
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const image = choices.images.find(({ id }) => id === draft.image);
  const faults = faultsOf(draft, choices.taken, image?.virtual_size ?? 0);
  const wrong = useWrong(faults, tried, problem);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (busy) return;
    if (Object.keys(faults).length) {
      focusFirst(Object.keys(faults));
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const { id } = await createGuest(bodyOf(draft, user, group));
      navigate(`/guests/${id}/overview`);
    } catch (cause) {
      setProblem(cause as Error);
      setBusy(false);
      if (cause instanceof ApiError && cause.field) focusFirst([cause.field]);
    }
  };

  const section = { draft, choices, set, wrong };
  const elsewhere = problem && !(problem instanceof ApiError && problem.field in KNOWN);
  return (
    <Form className="nano-create" onSubmit={(event) => void submit(event)} noValidate>
      <div className="nano-stack nano-grow">
        {elsewhere && <Problem problem={problem} title={t("notCreated")} />}
        <ImageChoice {...section} />
        <SizeChoice {...section} />
        <NameAndPool {...section} />
        <DiskFields {...section} />
        <MoreOptions {...section} />
      </div>
      <Summary {...section}>
        <Button type="submit" isLoading={busy} isBlock>
          {t("create")}
        </Button>
        <Button variant="link" component="a" href="/guests" isBlock>
          {t("cancel")}
        </Button>
      </Summary>
    </Form>
  );
}

/** Fields of the API and the id of the input that shows them. */
const KNOWN: Record<string, string> = {
  name: "name",
  pool: "pool",
  cores: "cores",
  memory: "memory",
  template: "template",
  "disks[0]": "disk-0",
};

function focusFirst(fields: string[]): void {
  for (const field of fields) {
    const input = document.getElementById(KNOWN[field] ?? field.replace(/^disks\[(\d+)\]$/, "disk-$1"));
    if (!input) continue;
    input.closest("details")?.setAttribute("open", "");
    input.focus();
    return;
  }
}

function useWrong(faults: ReturnType<typeof faultsOf>, tried: boolean, problem: Error | null): Partial<Record<string, string>> {
  const { t } = useTranslation("create");
  const sentence = useSentence(problem ?? new Error());
  const wrong: Partial<Record<string, string>> = {};
  if (problem instanceof ApiError && problem.field) wrong[problem.field] = problem.hint ? `${sentence}. ${problem.hint}` : sentence;
  // A name that is taken is told at once, the rest when somebody tries to create.
  for (const [field, fault] of Object.entries(faults)) if (fault && (tried || fault === "nameTaken" || fault === "diskTooSmall")) wrong[field] = t(fault);
  return wrong;
}
