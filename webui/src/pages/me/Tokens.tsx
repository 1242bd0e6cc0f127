import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { Checkbox } from "pf/Checkbox";
import { FormGroup } from "pf/Form";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import KeyIcon from "icon/key";
import { useTranslation } from "react-i18next";

import { makeToken, revokeToken } from "@/api/people";
import { myTokensQuery } from "@/api/queries";
import type { ApiToken, NewApiToken, Right } from "@/api/types";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { CopyText } from "@/components/CopyText";
import { type Column, DataTable } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { FormDialog } from "@/components/FormDialog";
import { Problem } from "@/components/Problem";
import { useRightWords } from "@/components/rights";
import { TextLine } from "@/components/TextLine";
import { When } from "@/components/When";
import { day } from "@/format/time";
import { changeQuery, usePlace } from "@/router";
import { usePortal } from "@/session";

const close = (): void => changeQuery({ do: "", token: "" }, { replace: true });

export function Tokens() {
  const { t } = useTranslation("me");
  const { query } = usePlace();
  const { data, error, refetch } = useQuery(myTokensQuery);
  const columns = useColumns();
  const create = <Button onClick={() => changeQuery({ do: "new-token" })}>{t("newToken")}</Button>;
  const wanted = data?.find(({ id }) => id === query.get("token"));
  return (
    <>
      <p>{t("tokensText")}</p>
      {error && <Problem problem={error} onRetry={() => void refetch()} />}
      {data?.length === 0 ? (
        <Empty title={t("noTokens")} icon={KeyIcon} actions={create} />
      ) : (
        <>
          <div>{create}</div>
          <DataTable
            label={t("tokens")}
            columns={columns}
            rows={data}
            rowKey={({ id }) => id}
            rowName={({ name }) => name}
            actions={({ id, name }) => (
              <Button variant="link" size="sm" onClick={() => changeQuery({ do: "revoke", token: id })} aria-label={t("revokeOf", { name })}>
                {t("revoke")}
              </Button>
            )}
          />
        </>
      )}
      {query.get("do") === "new-token" && <NewToken />}
      {query.get("do") === "revoke" && wanted && (
        <ConfirmDialog
          title={t("revokeTitle")}
          body={t("revokeText", { name: wanted.name })}
          verb={t("revokeOf", { name: wanted.name })}
          act={() => revokeToken(wanted.id)}
          onClose={close}
        />
      )}
    </>
  );
}

function useColumns(): Column<ApiToken>[] {
  const { t } = useTranslation("me");
  return [
    { key: "name", label: t("name"), cell: ({ name }) => <bdi>{name}</bdi> },
    { key: "rights", label: t("rights"), cell: ({ rights }) => t("rightCount", { count: rights.length }) },
    { key: "created", label: t("made"), cell: ({ created }) => <When moment={created} /> },
    { key: "used", label: t("lastUsed"), cell: ({ used, used_from: from }) => <Used at={used} from={from} /> },
    { key: "expires", label: t("expires"), cell: ({ expires }) => day(expires).slice(0, 10) },
  ];
}

function Used({ at, from }: { at: number; from: string }) {
  const { t } = useTranslation("me");
  if (!at) return t("never");
  return (
    <span>
      <When moment={at} /> <span className="nano-dim">{from}</span>
    </span>
  );
}

const DAYS = [30, 90, 365] as const;

function NewToken() {
  const { t } = useTranslation("me");
  const words = useRightWords();
  const { rights: mine } = usePortal();
  const [name, setName] = useState("");
  const [days, setDays] = useState<number>(90);
  const [rights, setRights] = useState<Right[]>(() => mine.filter((right) => right.endsWith(".read")));
  const [made, setMade] = useState<NewApiToken | null>(null);
  const make = async (): Promise<"stay"> => {
    setMade(await makeToken(name.trim(), rights, days));
    return "stay";
  };
  if (made)
    return (
      <FormDialog title={t("tokenMade")} onClose={close} variant="medium">
        <p>{t("tokenMadeText")}</p>
        <div className="nano-command">
          <CopyText text={made.token} what={t("token")} />
        </div>
        <p>{t("tryToken")}</p>
        <div className="nano-command">
          <CopyText text={`curl --cacert nano-ca.crt -H "Authorization: Bearer ${made.token}" ${location.origin}/api/v1/compute_pools/`} what={t("command")} />
        </div>
      </FormDialog>
    );
  return (
    <FormDialog title={t("newToken")} verb={t("newToken")} act={make} ready={name.trim() !== "" && rights.length > 0} onClose={close} variant="medium">
      <TextLine id="token-name" label={t("name")} value={name} onChange={setName} help={t("tokenNameHelp")} autoFocus required />
      <FormGroup label={t("validFor")} fieldId="token-days">
        <FormSelect id="token-days" value={days} onChange={(_event, value) => setDays(Number(value))}>
          {DAYS.map((one) => (
            <FormSelectOption key={one} value={one} label={t("days", { count: one })} />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup label={t("rights")} role="group" fieldId="token-rights">
        {mine.map((right) => (
          <Checkbox
            key={right}
            id={`token-${right}`}
            label={words(right)}
            isChecked={rights.includes(right)}
            onChange={(_event, on) => setRights(on ? [...rights, right] : rights.filter((one) => one !== right))}
          />
        ))}
      </FormGroup>
    </FormDialog>
  );
}
