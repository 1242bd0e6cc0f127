import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { Checkbox } from "pf/Checkbox";
import { FormGroup } from "pf/Form";
import { PageSection } from "pf/Page";
import UsersIcon from "icon/users";
import { useTranslation } from "react-i18next";

import { createGroup, deleteGroup } from "@/api/people";
import { groupsQuery, rolesQuery } from "@/api/queries";
import type { GroupRow } from "@/api/types";
import { ActionMenu } from "@/components/ActionMenu";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { type Column, DataTable } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { FormDialog } from "@/components/FormDialog";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { TextLine } from "@/components/TextLine";
import { toast } from "@/components/toasts";
import { count } from "@/format/bytes";
import { ACCOUNT } from "@/format/names";
import { changeQuery, navigate, usePlace } from "@/router";
import { useMay } from "@/session";

const close = (): void => changeQuery({ do: "", group: "" }, { replace: true });

export default function Groups() {
  const { t } = useTranslation("people");
  const may = useMay();
  const { query } = usePlace();
  const { data, error, refetch } = useQuery(groupsQuery);
  const columns = useColumns();
  const create = may("user.write") && <Button onClick={() => changeQuery({ do: "create" })}>{t("createGroup")}</Button>;
  const refusal = ({ member }: GroupRow) => (member ? { refused: t("groupHasMembers", { count: member }) } : {});
  const actionsOf = (group: GroupRow) => [
    { key: "open", label: t("open"), to: addressOf(group.name) },
    { key: "delete", label: t("delete"), danger: true, act: () => changeQuery({ do: "delete", group: group.name }), ...refusal(group) },
  ];
  const wanted = data?.find(({ name }) => name === query.get("group"));
  return (
    <>
      <PageHead title={t("groups")} beside={data && <span className="nano-figure">{count(data.length)}</span>} actions={create} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        {data?.length === 0 ? (
          <Empty title={t("noGroups")} icon={UsersIcon} actions={create}>{t("noGroupsText")}</Empty>
        ) : (
          <DataTable
            label={t("groups")}
            columns={columns}
            rows={data}
            rowKey={({ name }) => name}
            rowName={({ name }) => name}
            {...(may("user.write") ? { actions: (group: GroupRow) => <ActionMenu label={t("actionsOf", { name: group.name })} actions={actionsOf(group)} /> } : {})}
          />
        )}
      </PageSection>
      {may("user.write") && query.get("do") === "create" && <CreateGroup />}
      {may("user.write") && query.get("do") === "delete" && wanted && <DeleteGroup name={wanted.name} />}
    </>
  );
}

const addressOf = (group: string): string => `/groups/${encodeURIComponent(group)}`;

function useColumns(): Column<GroupRow>[] {
  const { t } = useTranslation("people");
  return [
    { key: "name", label: t("name"), cell: ({ name }) => <a href={addressOf(name)}>{name}</a> },
    { key: "display", label: t("title"), cell: ({ display }) => <bdi>{display || "–"}</bdi> },
    { key: "member", label: t("members"), numeric: true, cell: ({ member }) => count(member) },
    { key: "roles", label: t("roles"), numeric: true, cell: ({ roles }) => count(roles) },
  ];
}

function DeleteGroup({ name }: { name: string }) {
  const { t } = useTranslation("people");
  const remove = async (): Promise<void> => {
    await deleteGroup(name);
    toast(t("groupDeleted", { name }));
  };
  return (
    <ConfirmDialog title={t("deleteGroupTitle")} body={t("deleteGroupText", { name })} verb={t("deleteVerb", { name })} danger typed={name} act={remove} onClose={close} />
  );
}

function CreateGroup() {
  const { t } = useTranslation("people");
  const [name, setName] = useState("");
  const [display, setDisplay] = useState("");
  const [roles, setRoles] = useState<string[]>([]);
  const wrong = name !== "" && !ACCOUNT.test(name.trim()) ? t("accountRule") : undefined;
  const create = async (): Promise<void> => {
    await createGroup(name.trim(), display.trim(), roles);
    setTimeout(() => navigate(addressOf(name.trim())));
  };
  return (
    <FormDialog title={t("createGroup")} verb={t("createGroup")} act={create} ready={ACCOUNT.test(name.trim())} onClose={close}>
      <TextLine id="group-name" label={t("name")} value={name} onChange={setName} help={t("accountRule")} problem={wrong} autoFocus required />
      <TextLine id="group-display" label={t("title")} value={display} onChange={setDisplay} />
      <RoleChoice chosen={roles} onChange={setRoles} />
    </FormDialog>
  );
}

export function RoleChoice({ chosen, onChange, disabled = false }: { chosen: string[]; onChange: (roles: string[]) => void; disabled?: boolean }) {
  const { t } = useTranslation("people");
  const may = useMay();
  const { data: roles = [] } = useQuery({ ...rolesQuery, enabled: may("role.read") });
  const all = [...new Set([...roles, ...chosen])].sort();
  return (
    <FormGroup label={t("roles")} role="group" fieldId="group-roles">
      {all.map((role) => (
        <Checkbox
          key={role}
          id={`group-role-${role}`}
          label={role}
          isDisabled={disabled}
          isChecked={chosen.includes(role)}
          onChange={(_event, on) => onChange(on ? [...chosen, role] : chosen.filter((one) => one !== role))}
        />
      ))}
    </FormGroup>
  );
}
