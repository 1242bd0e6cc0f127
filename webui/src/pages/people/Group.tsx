import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { Form } from "pf/Form";
import { FormSelect, FormSelectOption } from "pf/FormSelect";
import { PageSection } from "pf/Page";
import { Switch } from "pf/Switch";
import { useTranslation } from "react-i18next";

import { addMember, changeGroup, removeMember, shareInGroup } from "@/api/people";
import { groupQuery, usersQuery } from "@/api/queries";
import type { Group as GroupData, Visibility } from "@/api/types";
import { DataTable } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { TabBar } from "@/components/TabBar";
import { TextLine } from "@/components/TextLine";
import { toast } from "@/components/toasts";
import { useMay } from "@/session";
import type { PageProps } from "@/shell/pages";
import { RoleChoice } from "./Groups";

export default function Group({ places: { group = "", tab = "members" } }: PageProps) {
  const { t } = useTranslation("people");
  const { data, error, refetch } = useQuery(groupQuery(group));
  const [problem, setProblem] = useState<Error | null>(null);
  const here = `/groups/${encodeURIComponent(group)}`;
  const tabs = [
    { key: "members", text: t("members"), to: `${here}/members` },
    { key: "roles", text: t("roles"), to: `${here}/roles` },
    { key: "sharing", text: t("sharing"), to: `${here}/sharing` },
  ];
  const attempt = (work: Promise<void>): void => {
    setProblem(null);
    work.catch((cause: unknown) => setProblem(cause as Error));
  };
  const parts = { attempt };
  return (
    <>
      <PageHead
        title={group}
        beside={data?.display && <bdi className="nano-dim">{data.display}</bdi>}
        above={
          <nav className="nano-trail" aria-label={t("trail")}>
            <a href="/groups">{t("groups")}</a> / <bdi>{group}</bdi>
          </nav>
        }
        below={<TabBar label={t("partsOfGroup")} tabs={tabs} current={tab} />}
      />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        {problem && <Problem problem={problem} />}
        {data && tab === "members" && <Members group={data} {...parts} />}
        {data && tab === "roles" && <Roles key={data.name} group={data} {...parts} />}
        {data && tab === "sharing" && <Sharing group={data} {...parts} />}
      </PageSection>
    </>
  );
}

interface PartProps {
  group: GroupData;
  /** Does something that may fail, and shows how. */
  attempt: (work: Promise<void>) => void;
}

const MOST = 1000;

function Members({ group: { name: group, member = [] }, attempt }: PartProps) {
  const { t } = useTranslation("people");
  const may = useMay();
  const { data: users } = useQuery({ ...usersQuery({ limit: MOST }), enabled: may("user.write") });
  const [wanted, setWanted] = useState("");
  const others = (users?.result ?? []).filter(({ name }) => !member.includes(name));
  const rows = member.map((name) => ({ name }));
  const add = (): void => {
    attempt(addMember(group, wanted));
    setWanted("");
  };
  return (
    <>
      {may("user.write") && (
        <div className="nano-row">
          <FormSelect value={wanted} onChange={(_event, value) => setWanted(value)} aria-label={t("userToAdd")} className="nano-select">
            <FormSelectOption value="" label={t("chooseUser")} />
            {others.map(({ name }) => (
              <FormSelectOption key={name} value={name} label={name} />
            ))}
          </FormSelect>
          <Button variant="secondary" isDisabled={!wanted} onClick={add}>
            {t("addMember")}
          </Button>
        </div>
      )}
      {rows.length === 0 ? (
        <Empty title={t("noMembers")}>{t("noMembersText")}</Empty>
      ) : (
        <DataTable
          label={t("members")}
          columns={[{ key: "name", label: t("name"), cell: ({ name }) => <a href={`/users?q=${encodeURIComponent(name)}`}>{name}</a> }]}
          rows={rows}
          rowKey={({ name }) => name}
          rowName={({ name }) => name}
          {...(may("user.write")
            ? {
                actions: ({ name }: { name: string }) => (
                  <Button variant="link" size="sm" onClick={() => attempt(removeMember(group, name))} aria-label={t("removeMemberOf", { name })}>
                    {t("removeMember")}
                  </Button>
                ),
              }
            : {})}
        />
      )}
    </>
  );
}

function Roles({ group, attempt }: PartProps) {
  const { t } = useTranslation("people");
  const may = useMay();
  const [display, setDisplay] = useState(group.display);
  const [roles, setRoles] = useState(group.role ?? []);
  const save = async (): Promise<void> => {
    await changeGroup(group.name, display.trim(), roles);
    toast(t("saved"));
  };
  return (
    <Form
      className="nano-narrow"
      onSubmit={(event) => {
        event.preventDefault();
        attempt(save());
      }}
    >
      <TextLine id="group-display" label={t("title")} value={display} onChange={setDisplay} />
      <RoleChoice chosen={roles} onChange={setRoles} disabled={!may("user.write")} />
      {may("user.write") && <div><Button type="submit">{t("save")}</Button></div>}
    </Form>
  );
}

const SHARED = [
  { key: "instance_visible", word: "shareGuests" },
  { key: "disk_image_visible", word: "shareDiskImages" },
  { key: "media_image_visible", word: "shareMediaImages" },
] as const;

function Sharing({ group, attempt }: PartProps) {
  const { t } = useTranslation("people");
  const may = useMay();
  const now: Required<Visibility> = {
    instance_visible: group.instance_visible,
    disk_image_visible: group.disk_image_visible,
    media_image_visible: group.media_image_visible,
  };
  return (
    <div className="nano-stack">
      <p>{t("sharingText")}</p>
      {SHARED.map(({ key, word }) => (
        <Switch
          key={key}
          id={key}
          label={t(word)}
          isChecked={now[key]}
          isDisabled={!may("user.write")}
          onChange={(_event, on) => attempt(shareInGroup(group.name, { ...now, [key]: on }))}
        />
      ))}
    </div>
  );
}
