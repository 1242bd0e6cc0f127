import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "pf/Checkbox";
import { FormGroup } from "pf/Form";
import { useTranslation } from "react-i18next";

import { addMember, changeUser, createUser, removeMember } from "@/api/people";
import { groupsQuery } from "@/api/queries";
import type { User } from "@/api/types";
import { FormDialog } from "@/components/FormDialog";
import { TextLine } from "@/components/TextLine";
import { ACCOUNT } from "@/format/names";
import { isGood } from "@/format/passwordRule";

/** A new user, or the nick, mail and groups of one. The first group is the main one. */
export function UserForm({ user, onClose }: { user?: User; onClose: () => void }) {
  const { t } = useTranslation("people");
  const [name, setName] = useState(user?.name ?? "");
  const [nick, setNick] = useState(user?.nick ?? "");
  const [mail, setMail] = useState(user?.mail ?? "");
  const [password, setPassword] = useState("");
  const [mustChange, setMustChange] = useState(user ? Boolean(user.must_change) : true);
  const [groups, setGroups] = useState<string[]>(user?.groups ?? []);
  const nameWrong = !user && name !== "" && !ACCOUNT.test(name.trim()) ? t("accountRule") : undefined;
  const passwordWrong = password !== "" && !isGood(password) ? t("passwordRule") : undefined;
  const ready = user ? true : ACCOUNT.test(name.trim()) && isGood(password);

  const save = async (): Promise<void> => {
    if (!user) {
      await createUser(name.trim(), { password, nick: nick.trim(), mail: mail.trim(), groups, must_change: mustChange });
      return;
    }
    const before = user.groups ?? [];
    await changeUser(user.name, { nick: nick.trim(), mail: mail.trim(), must_change: mustChange });
    for (const group of groups.filter((one) => !before.includes(one))) await addMember(group, user.name);
    for (const group of before.filter((one) => !groups.includes(one))) await removeMember(group, user.name);
  };
  return (
    <FormDialog title={user ? t("editUser", { name: user.name }) : t("createUser")} verb={user ? t("save") : t("createUser")} act={save} ready={ready} onClose={onClose}>
      {!user && (
        <>
          <TextLine id="user-name" label={t("name")} value={name} onChange={setName} help={t("accountRule")} problem={nameWrong} autoFocus required />
          <TextLine
            id="user-password"
            label={t("firstPassword")}
            type="password"
            value={password}
            onChange={setPassword}
            help={t("passwordRule")}
            problem={passwordWrong}
            autoComplete="new-password"
            required
          />
        </>
      )}
      <TextLine id="user-nick" label={t("nick")} value={nick} onChange={setNick} autoFocus={Boolean(user)} />
      <TextLine id="user-mail" label={t("mail")} type="email" value={mail} onChange={setMail} />
      <GroupChoice chosen={groups} onChange={setGroups} />
      <Checkbox id="user-must-change" label={t("mustChange")} isChecked={mustChange} onChange={(_event, on) => setMustChange(on)} />
    </FormDialog>
  );
}

function GroupChoice({ chosen, onChange }: { chosen: string[]; onChange: (groups: string[]) => void }) {
  const { t } = useTranslation("people");
  const { data: groups = [] } = useQuery(groupsQuery);
  return (
    <FormGroup label={t("groups")} role="group" fieldId="user-groups">
      {groups.map(({ name, display }) => (
        <Checkbox
          key={name}
          id={`user-group-${name}`}
          label={display ? `${name} · ${display}` : name}
          isChecked={chosen.includes(name)}
          onChange={(_event, on) => onChange(on ? [...chosen, name] : chosen.filter((one) => one !== name))}
        />
      ))}
      {chosen.length === 0 && <p className="nano-dim">{t("noGroupSeesNothing")}</p>}
    </FormGroup>
  );
}
