import { useQuery } from "@tanstack/react-query";
import { Button } from "pf/Button";
import { PageSection } from "pf/Page";
import CubeIcon from "icon/cube";
import { useTranslation } from "react-i18next";

import { fileAddress, type ImageKind } from "@/api/images";
import { imagesQuery, mediaQuery } from "@/api/queries";
import type { Image } from "@/api/types";
import { type Action, ActionMenu } from "@/components/ActionMenu";
import { type Column, DataTable } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { PageHead } from "@/components/PageHead";
import { Problem } from "@/components/Problem";
import { StateLabel } from "@/components/StateLabel";
import { IMAGE } from "@/components/states";
import { TabBar } from "@/components/TabBar";
import { When } from "@/components/When";
import { bytes, exactBytes } from "@/format/bytes";
import { serverMoment } from "@/format/time";
import { changeQuery } from "@/router";
import { useMay, usePortal } from "@/session";
import type { PageProps } from "@/shell/pages";
import { ImageDialogs } from "./ImageDialogs";
import { Uploads } from "./Uploads";

export default function Images({ places: { kind: wanted = "disk" } }: PageProps) {
  const { t } = useTranslation("images");
  const may = useMay();
  const kind: ImageKind = wanted === "media" ? "media" : "disk";
  const disk = useQuery({ ...imagesQuery, enabled: kind === "disk" });
  const media = useQuery({ ...mediaQuery, enabled: kind === "media" });
  const { data, error, refetch } = kind === "disk" ? disk : media;
  const columns = useColumns(kind);
  const actionsOf = useActions(kind);
  const tabs = [
    { key: "disk", text: t("diskImages"), to: "/images/disk" },
    { key: "media", text: t("mediaImages"), to: "/images/media" },
  ];
  const add = may("image.write") && <Button onClick={() => changeQuery({ do: "upload" })}>{t("uploadImage")}</Button>;
  return (
    <>
      <PageHead title={t("title")} actions={add} below={<TabBar label={t("kinds")} tabs={tabs} current={kind} />} />
      <PageSection hasBodyWrapper={false} className="nano-stack">
        {error && <Problem problem={error} onRetry={() => void refetch()} />}
        <Uploads kind={kind} />
        {data?.length === 0 ? (
          <Empty title={kind === "disk" ? t("noDiskImages") : t("noMediaImages")} icon={CubeIcon} actions={add}>
            {kind === "disk" ? t("noDiskImagesText") : t("noMediaImagesText")}
          </Empty>
        ) : (
          <DataTable
            label={kind === "disk" ? t("diskImages") : t("mediaImages")}
            columns={columns}
            rows={data}
            rowKey={({ id }) => id}
            rowName={({ name }) => name}
            actions={(image) => <ActionMenu label={t("actionsOf", { name: image.name })} actions={actionsOf(image)} />}
          />
        )}
      </PageSection>
      <ImageDialogs kind={kind} images={data ?? []} />
    </>
  );
}

const stateOf = ({ work, size }: Image) => (work ? IMAGE.working : size ? IMAGE.ready : IMAGE.waiting);

function useColumns(kind: ImageKind): Column<Image>[] {
  const { t } = useTranslation("images");
  const { zone_offset: zone } = usePortal();
  return [
    { key: "name", label: t("name"), cell: (image) => <Name {...image} /> },
    { key: "state", label: t("state"), cell: (image) => <StateLabel state={stateOf(image)} reason={image.work} /> },
    { key: "size", label: t("size"), numeric: true, cell: ({ size }) => (size ? <span title={exactBytes(size)}>{bytes(size)}</span> : "–") },
    ...(kind === "disk"
      ? [{ key: "virtual", label: t("virtualSize"), numeric: true, cell: ({ virtual_size: size }: Image) => (size ? bytes(size) : "–") }]
      : []),
    { key: "tags", label: t("tags"), cell: ({ tags = [] }) => <bdi>{tags.join(", ") || "–"}</bdi> },
    { key: "owner", label: t("owner"), cell: ({ owner }) => <bdi className="nano-whole">{owner || t("builtIn")}</bdi> },
    { key: "created", label: t("created"), minor: true, cell: ({ create_time: at }) => <When moment={serverMoment(at, zone) ?? 0} /> },
    { key: "sha256", label: "SHA-256", minor: true, cell: ({ sha256 }) => (sha256 ? <code title={sha256}>{sha256.slice(0, 8)}…</code> : "–") },
  ];
}

function Name({ name, description }: Image) {
  return (
    <span>
      <strong>
        <bdi>{name}</bdi>
      </strong>{" "}
      {description && <bdi className="nano-dim">{description}</bdi>}
    </span>
  );
}

function useActions(kind: ImageKind): (image: Image) => Action[] {
  const { t } = useTranslation("images");
  const may = useMay();
  return ({ id, size, owner, work }) => {
    const ask = (dialog: string) => () => changeQuery({ do: dialog, image: id });
    const busy = work ? { refused: t("isBusy", { work }) } : {};
    const actions: Action[] = [];
    if (kind === "disk" && size > 0 && may("guest.create")) actions.push({ key: "use", label: t("createGuest"), to: `/guests/new?image=${encodeURIComponent(id)}` });
    if (size > 0 && owner) actions.push({ key: "download", label: t("download"), act: () => location.assign(fileAddress(kind, id)) });
    if (!may("image.write") || !owner) return actions;
    actions.push(
      { key: "file", label: size ? t("replaceFile") : t("chooseFile"), act: ask("file") },
      { key: "edit", label: t("edit"), act: ask("edit") },
      { key: "delete", label: t("delete"), danger: true, act: ask("delete"), ...busy },
    );
    return actions;
  };
}
