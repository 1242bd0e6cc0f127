/** Generated from build/openapi/frontend.json by `npm run types`; do not edit. */
export interface paths {
    "/api/v1/compute_cell_status/{pool}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage of every cell of a pool, sorted by name. */
        get: operations["list_cell_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_cell_status/{pool}/{cell}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage of one cell. */
        get: operations["get_cell_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_cells/{cell}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Refuse a cell from now on: its link is closed and its key never accepted again. */
        delete: operations["revoke_cell"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_pool_cells/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List cells that belong to no pool, those that wait for approval included. */
        get: operations["list_unallocated_cells"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_pool_cells/{pool}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the cells of a pool, sorted by name. */
        get: operations["list_cells"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_pool_cells/{pool}/{cell}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a cell with the state of its shared storage. */
        get: operations["get_cell"];
        /** Enable or disable a cell: a disabled one gets no new guests, running guests stay. */
        put: operations["modify_cell"];
        /** Move an unallocated cell into a pool; a pending cell is approved by that. */
        post: operations["add_cell"];
        /** Take a cell without guests out of its pool, back to unallocated. */
        delete: operations["remove_cell"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_pool_status/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage of every compute pool, sorted by name. */
        get: operations["list_pool_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_pool_status/{pool}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Usage of one compute pool. */
        get: operations["get_pool_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_pools/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all compute pools, sorted by name. */
        get: operations["list_pools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_pools/{pool}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one compute pool. */
        get: operations["get_pool"];
        /** Replace storage, address pool and failover setting of a pool, or disable it for new guests. */
        put: operations["modify_pool"];
        /** Create an enabled compute pool. */
        post: operations["create_pool"];
        /** Delete an empty compute pool. */
        delete: operations["delete_pool"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compute_zone_status/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Summarise the whole zone. */
        get: operations["get_zone_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disk_image_search/{filepath}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the disk images visible to the caller, sorted by name. */
        get: operations["search_disk_images"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow every change visible to the caller, as server-sent events with a heartbeat every 15 s.
         * @description `Last-Event-ID` resumes; when too much was missed the first event is of kind `reset`: read everything again.
         */
        get: operations["stream_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guest_search/{filepath}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the guests of a pool or cell that are visible to an owner or group, sorted by name. */
        get: operations["search_guests_legacy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a guest, blank or from a disk image, and place it on the best cell of its pool. */
        post: operations["create_guest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a guest.
         * @description Answers 201 with `progress` while it is being created. A failed creation removes the guest; its error is told by the
         *     operation, and once here.
         */
        get: operations["get_guest"];
        put?: never;
        post?: never;
        /** Delete a stopped guest with its disks. */
        delete: operations["delete_guest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Take a picture of the screen of a running guest (PNG). */
        get: operations["get_guest_picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the live status of a guest from its cell. */
        get: operations["get_instance"];
        put?: never;
        /** Start a guest. */
        post: operations["start_instance"];
        /** Stop or restart a running guest. Answers when the signal is sent; the state follows as an event. */
        delete: operations["stop_instance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/join_tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a one-time token with which a new host joins without waiting for approval. */
        post: operations["create_join_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitor_channels/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prepare a one-time console channel for a guest. */
        post: operations["create_channel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/monitor_channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open the console as a WebSocket; the channel id is the secret, and only pages of the portal's own origin may. */
        get: operations["connect_channel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List operations, newest first: one's own, or everybody's with the right to see all. */
        get: operations["list_operations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/operations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one operation with its log. */
        get: operations["get_operation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whether the portal is set up, and who is signed in. */
        get: operations["get_portal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell that a person is still there; requests of the page itself do not lengthen the session. */
        post: operations["keep_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in; the session travels in a cookie that no script can read. */
        post: operations["sign_in"];
        /** Sign out; the session is revoked on the server. */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create the first administrator, once, with the set-up code, and sign in. */
        post: operations["set_up_portal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/guests/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Page through the guests visible to a user. */
        post: operations["search_guests"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in. */
        post: operations["create_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Extend one's own session. */
        put: operations["keep_alive_session"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whether the portal is set up, and its advisory limits. */
        get: operations["get_system"];
        put?: never;
        /** Create the first user with its group and role. */
        post: operations["initialise_system"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all system templates, sorted by name. */
        get: operations["list_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one system template. */
        get: operations["get_template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a bearer token with some or all of the caller's own rights. */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** AddressItem */
        AddressItem: {
            /** @default  */
            allocated_address?: string;
            /** @default  */
            display_address?: string;
            /** @default  */
            network_address?: string;
        };
        /** AttachedStorage */
        AttachedStorage: {
            attached: boolean;
            /** @default  */
            error?: string;
            name: string;
        };
        /** CellDetail */
        CellDetail: {
            PurgeAppending: boolean;
            /** @default  */
            accelerator?: string;
            address: string;
            alive: boolean;
            enabled: boolean;
            fingerprint: string;
            /** @default 0 */
            last_seen?: number;
            name: string;
            /** @default  */
            problem?: string;
            status: string;
            /** @default [] */
            storage?: components["schemas"]["AttachedStorage"][];
            /** @default  */
            version?: string;
        };
        /**
         * CellItem
         * @description `status` is "pending" (waits for approval; compare the fingerprint with the one printed on that host) or "approved".
         *
         *         `alive` tells that the host answers now; `problem` why it cannot run guests; `accelerator` "kvm" or "tcg" (emulation, slow).
         */
        CellItem: {
            PurgeAppending: boolean;
            /** @default  */
            accelerator?: string;
            address: string;
            alive: boolean;
            enabled: boolean;
            fingerprint: string;
            /** @default 0 */
            last_seen?: number;
            name: string;
            /** @default  */
            problem?: string;
            status: string;
            /** @default  */
            version?: string;
        };
        /** CellStatusItem */
        CellStatusItem: {
            address: string;
            alive: boolean;
            /** @description Bytes */
            available_disk: number;
            /** @description Bytes */
            available_memory: number;
            cpu_usage: number;
            enabled: boolean;
            instances: number[];
            max_cpu: number;
            /** @description Bytes */
            max_disk: number;
            /** @description Bytes */
            max_memory: number;
            name: string;
            read_speed: number;
            receive_speed: number;
            send_speed: number;
            write_speed: number;
        };
        /** ChangedCell */
        ChangedCell: {
            enable: boolean;
        };
        /**
         * ChangedPool
         * @description All settings are replaced: one left out falls back to its default. `enable` left out changes nothing.
         */
        ChangedPool: {
            /** @default null */
            enable?: boolean | null;
            /** @default false */
            failover?: boolean;
            /** @default  */
            network?: string;
            /** @default  */
            storage?: string;
        };
        /**
         * Channel
         * @description Connect a WebSocket with subprotocol "binary" to /api/v1/monitor_channels/{id} once, within 15 s.
         */
        Channel: {
            id: string;
            password: string;
            protocol: string;
            username: string;
        };
        /** CloudInit */
        CloudInit: {
            /** @default  */
            admin_name?: string;
            /** @default  */
            admin_secret?: string;
            /** @default /opt/data */
            data_path?: string;
            /** @default false */
            root_enabled?: boolean;
        };
        /** @description A failure as callers with a token or the portal's cookie see it, under the true HTTP status. */
        Failure: {
            /**
             * @description Machine-readable kind of failure
             * @example no-room
             */
            code: string;
            /** @description Nothing: {} or an empty string */
            data: unknown;
            /** @description The HTTP status */
            error_code: number;
            /**
             * @description The input at fault, if there is one
             * @example disks[0]
             */
            field: string;
            /** @description The next step, if there is one */
            hint: string;
            /** @description What failed, on what */
            message: string;
            /** @description Id of this request in the log */
            request: string;
        };
        /**
         * FirstUser
         * @description As in the original, plus the set-up `code`, without which nobody becomes administrator.
         */
        FirstUser: {
            /** @default  */
            code?: string;
            /** @default Administrators of Nano Portal */
            display?: string;
            /**
             * @description Letters, digits, `_`, `.` and `-`
             * @default admin
             */
            group?: string;
            menu: string[];
            /** @description At least 8 characters with a digit, a lower and an upper case letter */
            password: string;
            /**
             * @description Letters, digits, `_`, `.` and `-`
             * @default super
             */
            role?: string;
            /** @description Letters, digits, `_`, `.` and `-` */
            user: string;
        };
        /**
         * GuestConfig
         * @description A guest. `name` is "<group>.<short name>"; `disks[0]` the system disk; `progress` percent while it is created.
         *
         *         `state` is stopped, running, paused, stopping, crashed, creating, deleting or lost, and `reason` says why;
         *         `state_since` is in seconds since the epoch; `operation` is the id of the operation under way on it.
         */
        GuestConfig: {
            auto_start: boolean;
            /** @default  */
            cell?: string;
            cores: number;
            /**
             * @description YYYY-MM-DD HH:MM:SS in the server's time zone
             * @default
             */
            create_time?: string;
            created: boolean;
            disks: number[];
            /** @default  */
            display_protocol?: string;
            /** @default  */
            ethernet_address?: string;
            external: components["schemas"]["AddressItem"];
            group: string;
            /** @default  */
            host?: string;
            /** @default  */
            id?: string;
            internal: components["schemas"]["AddressItem"];
            /** @default false */
            lost?: boolean;
            /** @default false */
            media_attached?: boolean;
            /** @description Bytes */
            memory: number;
            /** @default  */
            monitor_secret?: string;
            name: string;
            /** @default  */
            operation?: string;
            owner: string;
            /** @default  */
            pool?: string;
            progress: number;
            qos: components["schemas"]["QosItem"];
            /** @default  */
            reason?: string;
            running: boolean;
            state: string;
            /** @default 0 */
            state_since?: number;
            /** @default  */
            system?: string;
            /** @description Bytes */
            total_disk: number;
        };
        /**
         * GuestId
         * @description `operation` follows the creation: GET /operations/{operation}.
         */
        GuestId: {
            id: string;
            /** @default  */
            operation?: string;
        };
        /**
         * GuestSearch
         * @description `keyword` is one word, looked for in name, address and host. `cell` wins over `pool`.
         *
         *         `owner` may be left out by a signed-in user, who then sees all that is visible to them. `state` keeps only guests in one
         *         of these states; `sort` is name, state, cores, memory, disk, host, owner or created, with `-` in front for descending.
         */
        GuestSearch: {
            /** @default  */
            cell?: string;
            /** @default  */
            group?: string;
            /** @default  */
            keyword?: string;
            /** @default 20 */
            limit?: number;
            /** @default 0 */
            offset?: number;
            /** @default  */
            owner?: string;
            /** @default  */
            pool?: string;
            /** @default name */
            sort?: string;
            /** @default [] */
            state?: string[];
        };
        /** GuestSearchResult */
        GuestSearchResult: {
            limit: number;
            offset: number;
            result: components["schemas"]["GuestConfig"][];
            total: number;
        };
        /**
         * ImageItem
         * @description `size` is the file, `virtual_size` what a guest sees: the smallest possible system disk.
         */
        ImageItem: {
            /**
             * @description YYYY-MM-DD HH:MM:SS in the server's time zone
             * @default
             */
            create_time?: string;
            /** @default  */
            description?: string;
            id: string;
            /**
             * @description YYYY-MM-DD HH:MM:SS in the server's time zone
             * @default
             */
            modify_time?: string;
            name: string;
            /** @description Bytes */
            size: number;
            /** @default [] */
            tags?: string[];
            /** @description Bytes */
            virtual_size: number;
        };
        /**
         * InstanceStatus
         * @description Live status of a guest. Counters in bytes since it started; `cpu_usage` in percent of all its cores.
         */
        InstanceStatus: {
            auto_start: boolean;
            bytes_read: number;
            bytes_received: number;
            bytes_sent: number;
            bytes_written: number;
            /** @default  */
            cell?: string;
            cores: number;
            cpu_usage: number;
            /**
             * @description YYYY-MM-DD HH:MM:SS in the server's time zone
             * @default
             */
            create_time?: string;
            created: boolean;
            /** @description Bytes */
            disk_available: number;
            disks: number[];
            /** @default  */
            display_protocol?: string;
            /** @default  */
            ethernet_address?: string;
            external: components["schemas"]["AddressItem"];
            group: string;
            /** @default  */
            host?: string;
            /** @default  */
            id?: string;
            internal: components["schemas"]["AddressItem"];
            /** @default false */
            lost?: boolean;
            media_attached: boolean;
            media_source: string;
            /** @description Bytes */
            memory: number;
            /** @description Bytes */
            memory_available: number;
            /** @default  */
            monitor_secret?: string;
            name: string;
            /** @default  */
            operation?: string;
            owner: string;
            /** @default  */
            pool?: string;
            progress: number;
            qos: components["schemas"]["QosItem"];
            /** @default  */
            reason?: string;
            running: boolean;
            state: string;
            /** @default 0 */
            state_since?: number;
            /** @default  */
            system?: string;
            /** @description Bytes */
            total_disk: number;
        };
        /**
         * JoinToken
         * @description Shown once. `command` is what to run on the new host; `expires` in seconds since the epoch.
         */
        JoinToken: {
            command: string;
            expires: number;
            token: string;
        };
        /** LogLine */
        LogLine: {
            at: number;
            text: string;
        };
        /** Login */
        Login: {
            /** @default  */
            nonce?: string;
            password: string;
            user: string;
        };
        /** @description A failure as callers with Nano credentials see it: always under HTTP 200. */
        NanoFailure: {
            /** @description {} or an empty string */
            data: unknown;
            /** @constant */
            error_code: 500;
            message: string;
        };
        /**
         * NewChannel
         * @description `type` chooses the graphical or the serial console.
         */
        NewChannel: {
            guest: string;
            /** @default vnc */
            type?: string;
        };
        /**
         * NewGuest
         * @description `name` is the short name; Core stores "<group>.<name>". `disks[0]` is the system disk.
         */
        NewGuest: {
            /** @default false */
            auto_start?: boolean;
            /** @default null */
            cloud_init?: components["schemas"]["CloudInit"] | null;
            /** @description Virtual CPUs, at most those of the largest cell */
            cores: number;
            disks: number[];
            /** @default  */
            ethernet_address?: string;
            /**
             * @description Id of a disk image; empty = blank system disk
             * @default
             */
            from_image?: string;
            /** @description Letters, digits, `-` and `_`, at most 63 */
            group: string;
            /** @description Bytes, at least 16 MiB */
            memory: number;
            /** @default [] */
            modules?: string[];
            /** @description Letters, digits, `-` and `_`, at most 63 */
            name: string;
            /** @default  */
            network_address?: string;
            /** @description Letters, digits, `-` and `_`, at most 63 */
            owner: string;
            pool: string;
            /** @default [] */
            port?: number[];
            /** @default null */
            qos?: components["schemas"]["QosItem"] | null;
            /** @default  */
            security_policy_group?: string;
            /** @description Id of a system template */
            template: string;
        };
        /**
         * NewJoinToken
         * @description `pool` is joined at once; empty = the cell waits unallocated. `minutes` is how long the token may be used.
         */
        NewJoinToken: {
            /** @default 60 */
            minutes?: number;
            /** @default  */
            pool?: string;
        };
        /** NewPool */
        NewPool: {
            /** @default false */
            failover?: boolean;
            /** @default  */
            network?: string;
            /** @default  */
            storage?: string;
        };
        /**
         * NewToken
         * @description `rights` left out = all of the caller's. The token acts for `user` in `group`.
         */
        NewToken: {
            /** @description Letters, digits, `-` and `_`, at most 63 */
            group: string;
            /** @default 60 */
            minutes?: number;
            /** @default [] */
            rights?: components["schemas"]["Right"][];
            /** @description Letters, digits, `-` and `_`, at most 63 */
            user: string;
        };
        /**
         * OpenSession
         * @description `timeout` in seconds without keep-alive; `menu` what the group may see; `address` of the client.
         */
        OpenSession: {
            /** @default  */
            address?: string;
            group: string;
            menu: string[];
            session: string;
            timeout: number;
        };
        /** OperationDetail */
        OperationDetail: {
            /** @default false */
            cancellable?: boolean;
            /** @default 0 */
            ended?: number;
            /** @default  */
            error?: string;
            /** @default  */
            hint?: string;
            id: string;
            kind: string;
            /** @default [] */
            log?: components["schemas"]["LogLine"][];
            object: string;
            object_name: string;
            progress: number;
            started: number;
            state: string;
            step: string;
            user: string;
        };
        /**
         * OperationItem
         * @description `state` is running, succeeded, failed (everything was undone), or waiting (for a host that does not answer).
         *
         *         `kind` names what is done ("create-guest"), `step` the step under way; times are seconds since the epoch.
         */
        OperationItem: {
            /** @default false */
            cancellable?: boolean;
            /** @default 0 */
            ended?: number;
            /** @default  */
            error?: string;
            /** @default  */
            hint?: string;
            id: string;
            kind: string;
            object: string;
            object_name: string;
            progress: number;
            started: number;
            state: string;
            step: string;
            user: string;
        };
        /** OperationPage */
        OperationPage: {
            limit: number;
            offset: number;
            result: components["schemas"]["OperationItem"][];
            total: number;
        };
        /**
         * PoolItem
         * @description `cells` counts its cells; `network` is its address pool, `storage` its storage pool, "" = none.
         */
        PoolItem: {
            cells: number;
            enabled: boolean;
            failover: boolean;
            name: string;
            network: string;
            storage: string;
        };
        /** PoolStatus */
        PoolStatus: {
            /** @description Bytes */
            available_disk: number;
            /** @description Bytes */
            available_memory: number;
            cells: number[];
            cpu_usage: number;
            enabled: boolean;
            instances: number[];
            max_cpu: number;
            /** @description Bytes */
            max_disk: number;
            /** @description Bytes */
            max_memory: number;
            name: string;
            read_speed: number;
            receive_speed: number;
            send_speed: number;
            write_speed: number;
        };
        /**
         * PortalState
         * @description `ready` is false until the first-run set-up; `user` is empty until somebody is signed in.
         *
         *         `csrf` goes into the X-CSRF-Token header of every change; `idle_seconds` is how long a session lives without input;
         *         `server_time` in seconds since the epoch and `zone_offset` in seconds east of UTC translate old local times.
         */
        PortalState: {
            /** @default  */
            csrf: string;
            /** @default  */
            group: string;
            /** @default 0 */
            idle_seconds: number;
            /** @default [] */
            menus: string[];
            ready: boolean;
            /** @default [] */
            rights: components["schemas"]["Right"][];
            server_time: number;
            /** @default  */
            user: string;
            version: string;
            zone_offset: number;
        };
        /**
         * QosItem
         * @description Limits of a guest; a missing limit is no limit. Speeds in bytes per second.
         */
        QosItem: {
            cpu_priority: string;
            /** @default 0 */
            read_iops?: number;
            /** @default 0 */
            read_speed?: number;
            /** @default 0 */
            receive_speed?: number;
            /** @default 0 */
            send_speed?: number;
            /** @default 0 */
            write_iops?: number;
            /** @default 0 */
            write_speed?: number;
        };
        /**
         * Removal
         * @description A running guest is refused, `force` or not: stop it first.
         */
        Removal: {
            /** @default false */
            force?: boolean;
        };
        /**
         * Right
         * @enum {unknown}
         */
        Right: "cell.read" | "cell.write" | "guest.all" | "guest.console" | "guest.create" | "guest.delete" | "guest.power" | "guest.read" | "image.read" | "operation.all" | "operation.read" | "overview.read" | "pool.read" | "pool.write" | "template.read";
        /**
         * Setup
         * @description `code` was printed by the installer and lies in data/setup-code on the host of the portal.
         */
        Setup: {
            code: string;
            /** @description At least 8 characters with a digit, a lower and an upper case letter */
            password: string;
            /** @description Letters, digits, `_`, `.` and `-` */
            user: string;
        };
        /** SignIn */
        SignIn: {
            password: string;
            user: string;
        };
        /** StartOptions */
        StartOptions: {
            /** @default false */
            from_media?: boolean;
            /** @default false */
            from_network?: boolean;
            /** @default  */
            source?: string;
        };
        /**
         * StopOptions
         * @description false/false asks the guest (ACPI), force pulls the plug, reboot asks for a restart, both press reset.
         */
        StopOptions: {
            /** @default false */
            force?: boolean;
            /** @default false */
            reboot?: boolean;
        };
        /**
         * SystemState
         * @description `ready` tells that at least one user exists; the limits advise the create form (cores, GiB, GiB).
         */
        SystemState: {
            max_cores: number;
            max_disk: number;
            max_memory: number;
            ready: boolean;
        };
        /**
         * TemplateDetail
         * @description The times are empty for templates that came with the program.
         */
        TemplateDetail: {
            admin: string;
            control: string;
            /** @description YYYY-MM-DD HH:MM:SS in the server's time zone */
            created_time: string;
            disk: string;
            display: string;
            id: string;
            /** @description YYYY-MM-DD HH:MM:SS in the server's time zone */
            modified_time: string;
            name: string;
            network: string;
            operating_system: string;
            /** @default  */
            tablet?: string;
            /** @default  */
            usb?: string;
        };
        /** TemplateItem */
        TemplateItem: {
            /**
             * @description YYYY-MM-DD HH:MM:SS in the server's time zone
             * @default
             */
            created_time?: string;
            id: string;
            /**
             * @description YYYY-MM-DD HH:MM:SS in the server's time zone
             * @default
             */
            modified_time?: string;
            name: string;
            operating_system: string;
        };
        /**
         * Token
         * @description Shown once; send it as `Authorization: Bearer <token>`. `expires` in seconds since the epoch.
         */
        Token: {
            expires: number;
            token: string;
        };
        /**
         * ZoneStatus
         * @description Counters: `pools` [disabled, enabled], `cells` [offline, online], `instances` [stopped, running, lost, migrating].
         *
         *         `started` is the start of Core in seconds since the epoch; `pending_cells` wait for approval.
         */
        ZoneStatus: {
            /** @description Bytes */
            available_disk: number;
            /** @description Bytes */
            available_memory: number;
            cells: number[];
            cpu_usage: number;
            instances: number[];
            max_cpu: number;
            /** @description Bytes */
            max_disk: number;
            /** @description Bytes */
            max_memory: number;
            name: string;
            pending_cells: number;
            pools: number[];
            read_speed: number;
            receive_speed: number;
            send_speed: number;
            /** @description YYYY-MM-DD HH:MM:SS in the server's time zone */
            start_time: string;
            started: number;
            write_speed: number;
        };
    };
    responses: {
        /** @description The request is malformed */
        Failure400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description Nobody we know */
        Failure401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description Known, but not allowed */
        Failure403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description There is no such object */
        Failure404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description The object is in another state, or nothing is left to give */
        Failure409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description The body is larger than 1 MiB */
        Failure413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description A value cannot be accepted; `field` names it */
        Failure422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description Too many attempts; try later */
        Failure429: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description A fault of the server; its log has the request id */
        Failure500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
        /** @description A part that is needed does not answer; try again */
        Failure503: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Failure"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_cell_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CellStatusItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_cell_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
                cell: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CellStatusItem"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    revoke_cell: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                cell: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    list_unallocated_cells: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CellItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    list_cells: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CellItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_cell: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
                cell: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CellDetail"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    modify_cell: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
                cell: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangedCell"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    add_cell: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
                cell: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    remove_cell: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
                cell: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    list_pool_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PoolStatus"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_pool_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PoolStatus"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    list_pools: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PoolItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PoolItem"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    modify_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangedPool"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    create_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Letters, digits, `-` and `_`, at most 63 */
                pool: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewPool"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    delete_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_zone_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ZoneStatus"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    search_disk_images: {
        parameters: {
            query?: {
                owner?: string;
                group?: string;
                tags?: string;
            };
            header?: never;
            path: {
                filepath: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ImageItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    stream_events: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    search_guests_legacy: {
        parameters: {
            query: {
                pool: string;
                cell?: string;
                owner?: string;
                group?: string;
                status?: number | null;
                created?: boolean | null;
            };
            header?: never;
            path: {
                filepath: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["GuestConfig"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    create_guest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGuest"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["GuestId"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_guest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["GuestConfig"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["GuestConfig"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    delete_guest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Removal"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_guest_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["InstanceStatus"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    start_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartOptions"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    stop_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StopOptions"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    create_join_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewJoinToken"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["JoinToken"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    create_channel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChannel"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Channel"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    connect_channel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A WebSocket with subprotocol `binary`: raw bytes both ways */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Failure400"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    list_operations: {
        parameters: {
            query?: {
                state?: string;
                kind?: string;
                object?: string;
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["OperationPage"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_operation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["OperationDetail"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_portal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PortalState"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    keep_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PortalState"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PortalState"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    set_up_portal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PortalState"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    search_guests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GuestSearch"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["GuestSearchResult"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    create_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["OpenSession"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    keep_alive_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            409: components["responses"]["Failure409"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_system: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["SystemState"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    initialise_system: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstUser"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @constant */
                        data: "";
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    list_templates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TemplateItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["TemplateDetail"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            404: components["responses"]["Failure404"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Token"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            403: components["responses"]["Failure403"];
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
}
