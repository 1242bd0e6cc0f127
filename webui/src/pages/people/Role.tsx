import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { Checkbox } from "pf/Checkbox";
import { Form } from "pf/Form";
import { PageSection } from "pf/Page";
import { useTranslation } from "react-i18next";

import { changeRole } from "@/api/people";
import { roleQuery } from "@/api/queries";
import type { Right, Role as RoleData } from "@/api/types";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { RIGHTS } from "@/components/rights";
import { toast } from "@/components/toasts";
import { useMay } from "@/session";
import type { PageProps } from "@/shell/pages";

export default function Role({ places: { role = "" } }: PageProps) {
  const { t } = useTranslation("people");
  const { data, error, refetch } = useQuery(roleQuery(role));
  return (
    <>
      <PageHead
        title={role}
        above={
          <nav className="nano-trail" aria-label={t("trail")}>
            <a href="/roles">{t("roles")}</a> / <bdi>{role}</bdi>
          </nav>
        }
      />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        {data && <p>{data.groups?.length ? t("heldBy", { groups: data.groups.join(", ") }) : t("heldByNobody")}</p>}
        {data && <RightsForm key={data.name} role={data} />}
      </PageSection>
    </>
  );
}

/** The rights by area, each with what it lets one do. Saving names every right, so that old menus say nothing hidden. */
function RightsForm({ role }: { role: RoleData }) {
  const { t } = useTranslation("people");
  const { t: tShell } = useTranslation();
  const may = useMay();
  const [rights, setRights] = useState<ReadonlySet<Right>>(new Set(role.all_rights));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const change = (right: Right, on: boolean): void => setRights(new Set(on ? [...rights, right] : [...rights].filter((one) => one !== right)));
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await changeRole(role.name, { menu: menusThatStay(role, rights), rights: [...rights] });
      toast(t("saved"));
    } catch (cause) {
      setProblem(cause as Error);
    }
    setBusy(false);
  };
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {problem && <Problem problem={problem} />}
      <div className="nano-grid nano-wide-cards">
        {Object.entries(RIGHTS).map(([area, { word, rights: inArea }]) => (
          <fieldset key={area} className="nano-rights">
            <legend>{tShell(word)}</legend>
            {Object.entries(inArea).map(([right, sentence]) => (
              <Checkbox
                key={right}
                id={`right-${right}`}
                label={tShell(sentence)}
                isDisabled={!may("role.write")}
                isChecked={rights.has(right as Right)}
                onChange={(_event, on) => change(right as Right, on)}
              />
            ))}
          </fieldset>
        ))}
      </div>
      {may("role.write") && (
        <div>
          <Button type="submit" isLoading={busy} isAriaDisabled={busy}>
            {t("save")}
          </Button>
        </div>
      )}
    </Form>
  );
}

/** A menu carries rights of its own: it stays only while nothing was taken away that the role had. */
const menusThatStay = ({ menu = [], all_rights: before = [] }: RoleData, rights: ReadonlySet<Right>): string[] =>
  before.every((right) => rights.has(right)) ? menu : [];
