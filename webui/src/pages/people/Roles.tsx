import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { FormGroup } from "pf/Form";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { PageSection } from "pf/Page";
import { useTranslation } from "react-i18next";

import { createRole, deleteRole } from "@/api/people";
import { roleQuery, rolesQuery } from "@/api/queries";
import { ActionMenu } from "@/components/ActionMenu";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { DataTable } from "@/components/DataTable";
import { FormDialog } from "@/components/FormDialog";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { TextLine } from "@/components/TextLine";
import { toast } from "@/components/toasts";
import { count } from "@/format/bytes";
import { ACCOUNT } from "@/format/names";
import { changeQuery, navigate, usePlace } from "@/router";
import { useMay } from "@/session";

const close = (): void => changeQuery({ do: "", role: "" }, { replace: true });
const addressOf = (role: string): string => `/roles/${encodeURIComponent(role)}`;

export default function Roles() {
  const { t } = useTranslation("people");
  const may = useMay();
  const { query } = usePlace();
  const { data, error, refetch } = useQuery(rolesQuery);
  const wanted = data?.find((name) => name === query.get("role"));
  const create = may("role.write") && <Button onClick={() => changeQuery({ do: "create" })}>{t("createRole")}</Button>;
  const actionsOf = (role: string) => [
    { key: "open", label: t("open"), to: addressOf(role) },
    { key: "delete", label: t("delete"), danger: true, act: () => changeQuery({ do: "delete", role }) },
  ];
  return (
    <>
      <PageHead title={t("roles")} beside={data && <span className="nano-figure">{count(data.length)}</span>} actions={create} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        <p>{t("rolesText")}</p>
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        <DataTable
          label={t("roles")}
          columns={[
            { key: "name", label: t("name"), cell: ({ name }) => <a href={addressOf(name)}>{name}</a> },
            { key: "rights", label: t("rights"), cell: ({ name }) => <Rights role={name} /> },
            { key: "groups", label: t("groups"), cell: ({ name }) => <WhoHas role={name} /> },
          ]}
          rows={data?.map((name) => ({ name }))}
          rowKey={({ name }) => name}
          rowName={({ name }) => name}
          {...(may("role.write")
            ? { actions: ({ name }: { name: string }) => <ActionMenu label={t("actionsOf", { name })} actions={actionsOf(name)} /> }
            : {})}
        />
      </PageSection>
      {may("role.write") && query.get("do") === "create" && <CreateRole roles={data ?? []} />}
      {may("role.write") && query.get("do") === "delete" && wanted && <DeleteRole name={wanted} />}
    </>
  );
}

function Rights({ role }: { role: string }) {
  const { t } = useTranslation("people");
  const { data } = useQuery(roleQuery(role));
  return data ? t("rightCount", { count: data.all_rights?.length ?? 0 }) : "–";
}

function WhoHas({ role }: { role: string }) {
  const { data } = useQuery(roleQuery(role));
  return data?.groups?.join(", ") || "–";
}

function DeleteRole({ name }: { name: string }) {
  const { t } = useTranslation("people");
  const remove = async (): Promise<void> => {
    await deleteRole(name);
    toast(t("roleDeleted", { name }));
  };
  return <ConfirmDialog title={t("deleteRoleTitle")} body={t("deleteRoleText", { name })} verb={t("deleteVerb", { name })} danger typed={name} act={remove} onClose={close} />;
}

function CreateRole({ roles }: { roles: string[] }) {
  const { t } = useTranslation("people");
  const [name, setName] = useState("");
  const [base, setBase] = useState("");
  const { data: like } = useQuery({ ...roleQuery(base), enabled: base !== "" });
  const wrong = name !== "" && !ACCOUNT.test(name.trim()) ? t("accountRule") : undefined;
  const create = async (): Promise<void> => {
    await createRole(name.trim(), { menu: [], rights: base ? (like?.all_rights ?? []) : ["overview.read"] });
    setTimeout(() => navigate(addressOf(name.trim())));
  };
  return (
    <FormDialog title={t("createRole")} verb={t("createRole")} act={create} ready={ACCOUNT.test(name.trim()) && (!base || like !== undefined)} onClose={close}>
      <TextLine id="role-name" label={t("name")} value={name} onChange={setName} help={t("accountRule")} problem={wrong} autoFocus required />
      <FormGroup label={t("basedOn")} fieldId="role-base">
        <FormSelect id="role-base" value={base} onChange={(_event, value) => setBase(value)}>
          <FormSelectOption value="" label={t("basedOnNothing")} />
          {roles.map((role) => (
            <FormSelectOption key={role} value={role} label={role} />
          ))}
        </FormSelect>
      </FormGroup>
    </FormDialog>
  );
}
