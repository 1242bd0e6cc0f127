/** Generated from build/openapi/frontend.json by `npm run types`; do not edit. */
export interface paths {
    "/api/v1/audit/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Page through the audit log, newest first. */
        get: operations["search_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/chain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that no entry was changed, removed or put in. */
        get: operations["verify_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what matches as CSV or JSON, newest first, at most 100,000 entries. */
        get: operations["export_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batch/create_guest/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create several equal guests. */
        post: operations["start_batch_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batch/create_guest/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a batch creation is, guest by guest; 202 while something is under way. */
        get: operations["get_batch_create"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batch/delete_guest/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Delete several stopped guests; running ones fail, each for itself. */
        post: operations["start_batch_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batch/delete_guest/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a batch deletion is, guest by guest; 202 while something is under way. */
        get: operations["get_batch_delete"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batch/start_guest/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start several guests. */
        post: operations["start_batch_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batch/start_guest/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a batch start is, guest by guest; 202 while something is under way. */
        get: operations["get_batch_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batch/stop_guest/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop several guests. */
        post: operations["start_batch_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batch/stop_guest/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far a batch stop is, guest by guest; 202 while something is under way. */
        get: operations["get_batch_stop"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
        /** List the disk images visible to the caller, sorted by group and name. */
        get: operations["search_disk_images"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disk_images/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a disk image that waits for its file, or build it from the system disk of a stopped guest. */
        post: operations["create_disk_image"];
        delete?: never;
        options?: never;
        head?: never;
        /** Take in the files that an administrator laid into the incoming folder of the image store. */
        patch: operations["sync_disk_images"];
        trace?: never;
    };
    "/api/v1/disk_images/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a disk image, with the progress of its creation. */
        get: operations["get_disk_image"];
        /** Change the attributes of a disk image; what is empty stays as it is. */
        put: operations["modify_disk_image"];
        post?: never;
        /** Delete a disk image and its file. Refused while a guest is cloned from it. */
        delete: operations["delete_disk_image"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disk_images/{id}/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the server fetch the file of a disk image from a URL; the operation tells how far it is, and what the far side said. */
        post: operations["fetch_disk_image"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disk_images/{id}/file/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the file of a disk image (qcow2), whole or a range of it. */
        get: operations["download_disk_image"];
        put?: never;
        /**
         * Upload the file of a disk image: qcow2, raw or a VMDK in one file, as the body itself or as the form part `image`.
         * @description It is checked and kept as qcow2. A further upload makes a new version; guests stay on the one they began with.
         */
        post: operations["upload_disk_image"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disk_images/{id}/uploads/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin an upload in chunks, or find the one under way, to go on where it broke off. */
        post: operations["begin_disk_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disk_images/{id}/uploads/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far an upload in chunks has come. */
        get: operations["get_disk_upload"];
        put?: never;
        post?: never;
        /** Give up an upload in chunks; nothing of it stays. */
        delete: operations["abandon_disk_upload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/disk_images/{id}/uploads/{upload_id}/file/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Send the next chunk of at most 64 MiB; the last one completes the image. A chunk that is there already may be sent again. */
        put: operations["put_disk_chunk"];
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
         * Follow every change visible to the caller, as server-sent events with an event `heartbeat` every 15 s.
         * @description `Last-Event-ID` resumes; when too much was missed the first event is of kind `reset`: read everything again. The figures of
         *     the zone come at most every 5 s.
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
    "/api/v1/guests/{id}/auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the account inside a guest that was set last, with its password. */
        get: operations["get_guest_auth"];
        /** Set the password of an account inside a running guest, through its guest agent. */
        put: operations["modify_guest_auth"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/auto_start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Switch on or off that a guest starts with its host. */
        put: operations["modify_guest_auto_start"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/cores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the number of virtual cores; a running guest gets them at its next start, and `current` shows what it has. */
        put: operations["modify_guest_cores"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/description": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the note and the tags of a guest. */
        put: operations["describe_guest"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/disks/resize/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Grow a disk of a guest, running or not. */
        put: operations["resize_guest_disk"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/disks/shrink/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Compact the file of a disk of a stopped guest; the disk keeps its size. */
        put: operations["shrink_guest_disk"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/memory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the memory; a running guest gets it at its next start, and `current` shows what it has. */
        put: operations["modify_guest_memory"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/monitor/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a new monitor secret; GET /guests/{id} tells it. */
        put: operations["reset_guest_monitor_secret"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/name/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Rename a guest, running or not. */
        put: operations["rename_guest"];
        post?: never;
        delete?: never;
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
    "/api/v1/guests/{id}/qos/cpu": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the CPU priority, of a running guest at once. */
        put: operations["modify_guest_cpu_priority"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/qos/disk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Limit what a guest reads and writes, of a running guest at once. */
        put: operations["modify_guest_disk_limits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/qos/network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Limit what a guest receives and sends, of a running guest at once. */
        put: operations["modify_guest_network_limits"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/guests/{id}/system/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Begin the system disk of a stopped guest anew from a disk image; what is on it is lost.
         * @description Answers when it has begun: GET /guests/{id} answers 201 with `progress` until it is done.
         */
        put: operations["reset_guest_system"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instance_status/{pool}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the guests of a pool that are visible to the caller, also those being created, sorted by name. */
        get: operations["list_pool_guests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instance_status/{pool}/{cell}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the guests of a cell that are visible to the caller, also those being created, sorted by name. */
        get: operations["list_cell_guests"];
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
    "/api/v1/instances/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Type a text into a running guest, or press a combination of keys. */
        post: operations["type_into_instance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{id}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a media image into the CD drive of a running guest. */
        post: operations["insert_media"];
        /** Take the media image out of the CD drive of a running guest. */
        delete: operations["eject_media"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{id}/reboot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask a running guest to restart. */
        post: operations["reboot_instance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Press the reset button of a running guest. */
        post: operations["reset_instance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a suspended guest go on. */
        post: operations["resume_instance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/instances/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hold a running guest; its memory stays on the host. */
        post: operations["suspend_instance"];
        delete?: never;
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
    "/api/v1/logs/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read log entries, newest first. */
        get: operations["query_log"];
        put?: never;
        /** Append a log entry; it is marked as the claim of a client. */
        post: operations["add_log"];
        /** Refused: single entries cannot be deleted, by nobody. */
        delete: operations["delete_log"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one's own account. */
        get: operations["get_me"];
        /** Change one's own nick name or mail. */
        put: operations["modify_me"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one's own preferences. */
        get: operations["get_preferences"];
        /** Replace one's own preferences. */
        put: operations["save_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own tokens. */
        get: operations["list_my_tokens"];
        put?: never;
        /** Make a token with some of one's own rights for so many days. */
        post: operations["create_my_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token of one's own. */
        delete: operations["revoke_my_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/two_step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Switch two-step sign-in on with the first code; answers ten recovery codes. */
        put: operations["switch_two_step_on"];
        /** Make a secret for an authenticator app; the password proves that it is really the owner. */
        post: operations["prepare_two_step"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/two_step/off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Switch two-step sign-in off. */
        post: operations["switch_two_step_off"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/two_step/recovery_codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make ten new recovery codes; the old ones are worth nothing then. */
        post: operations["renew_recovery_codes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media_image_search/{filepath}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the media images visible to the caller, sorted by group and name. */
        get: operations["search_media_images"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media_images/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all media images visible to the caller. */
        get: operations["list_media_images"];
        put?: never;
        /** Make a media image that waits for its file. */
        post: operations["create_media_image"];
        delete?: never;
        options?: never;
        head?: never;
        /** Take in the ISO files that an administrator laid into the incoming folder of the image store. */
        patch: operations["sync_media_images"];
        trace?: never;
    };
    "/api/v1/media_images/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a media image. */
        get: operations["get_media_image"];
        /** Change the attributes of a media image; what is empty stays as it is. */
        put: operations["modify_media_image"];
        post?: never;
        /** Delete a media image and its file. */
        delete: operations["delete_media_image"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media_images/{id}/fetch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the server fetch the file of a media image from a URL; the operation tells how far it is, and what the far side said. */
        post: operations["fetch_media_image"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media_images/{id}/file/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the ISO of a media image, whole or a range of it. */
        get: operations["download_media_image"];
        put?: never;
        /** Upload the ISO of a media image, as the body itself or as the form part `image`. A further upload replaces it. */
        post: operations["upload_media_image"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media_images/{id}/uploads/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin an upload in chunks, or find the one under way, to go on where it broke off. */
        post: operations["begin_media_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media_images/{id}/uploads/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read how far an upload in chunks has come. */
        get: operations["get_media_upload"];
        put?: never;
        post?: never;
        /** Give up an upload in chunks; nothing of it stays. */
        delete: operations["abandon_media_upload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/media_images/{id}/uploads/{upload_id}/file/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Send the next chunk of at most 64 MiB; the last one completes the image. A chunk that is there already may be sent again. */
        put: operations["put_media_chunk"];
        post?: never;
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
    "/api/v1/portal/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Finish a two-step sign-in with the code of the app, or with a recovery code. */
        post: operations["give_code"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/portal/local": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a token that this host gave to root, or to a member of its group nano; good once and for a minute. */
        post: operations["sign_in_locally"];
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
    "/api/v1/resource_visibilities/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read which resources members of the own group share. */
        get: operations["get_visibilities"];
        /** Replace the sharing flags of the own group. */
        put: operations["modify_visibilities"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List role names, sorted. */
        get: operations["list_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the menus and rights of a role. */
        get: operations["get_role"];
        /** Replace the menus and rights of a role; it counts at the next request of everybody who has it. */
        put: operations["modify_role"];
        /** Create a role. */
        post: operations["create_role"];
        /** Delete a role that no group uses. */
        delete: operations["delete_role"];
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
    "/api/v1/search/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List one's own open sessions, or all with the right 'session.read': who, from where, since when. */
        get: operations["search_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search/users/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Page through the users, filtered and sorted. */
        get: operations["search_users"];
        put?: never;
        post?: never;
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
        /** List one's own open sessions, or all with the right 'session.read'; the keys stand for sessions and open none. */
        get: operations["list_sessions"];
        put?: never;
        /** Log in. */
        post: operations["create_session"];
        /** End all of one's own sessions but this one. */
        delete: operations["revoke_other_sessions"];
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
        /** End a session of one's own, or any with the right 'session.write'; its consoles close at once. */
        delete: operations["revoke_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the settings of the portal. */
        get: operations["get_settings"];
        /** Change settings of the portal; they are written to frontend.cfg. */
        put: operations["modify_settings"];
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
        /** Create a system template. */
        post: operations["create_template"];
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
        /** Replace all values of a system template; guests that were made with it keep their hardware. */
        put: operations["modify_template"];
        post?: never;
        /** Delete a system template; guests that were made with it keep their hardware. */
        delete: operations["delete_template"];
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
        /** Make a bearer token with some or all of the caller's own rights; made with a token, it ends with that at the latest. */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trust/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read name and fingerprints of the domain's authority. */
        get: operations["get_trust"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/trust/certificate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the certificate of the domain's authority (PEM), which every connection shows anyway. */
        get: operations["download_authority"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user_groups/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List groups, sorted by name. */
        get: operations["list_groups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user_groups/{group}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a group with its roles, members, and what they share. */
        get: operations["get_group"];
        /** Replace display name and roles of a group. */
        put: operations["modify_group"];
        /** Create a group; nobody can give it a role with more rights than they have themselves. */
        post: operations["create_group"];
        /** Delete a group without members. */
        delete: operations["delete_group"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user_groups/{group}/members/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the members of a group, sorted. */
        get: operations["list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user_groups/{group}/members/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a user into a group; a user may be in several, and the first one is the main one. */
        post: operations["add_member"];
        /** Take a user out of a group. */
        delete: operations["remove_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user_groups/{group}/visibilities/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Replace the sharing flags of any group. */
        put: operations["modify_group_visibilities"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/user_search/{filepath}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the names of the users of a group, sorted. */
        get: operations["search_users_of_group"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List user names, sorted. */
        get: operations["list_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a user. */
        get: operations["get_user"];
        /** Change nick name or mail, disable or enable a user. */
        put: operations["modify_user"];
        /** Create a user, in no group unless some are named. */
        post: operations["create_user"];
        /** Delete a user with its sessions and tokens; never oneself, and never the last administrator. */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user}/password/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a password by proving the old one; ends the user's other sessions. */
        put: operations["change_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user}/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password that its owner must change at the next sign-in; ends the user's sessions. */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user}/sessions/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End every session of a user. */
        delete: operations["revoke_sessions_of_user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user}/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tokens of a user. */
        get: operations["list_tokens_of_user"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user}/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token of a user. */
        delete: operations["revoke_token_of_user"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user}/two_step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Switch the two-step sign-in of a user off who lost phone and recovery codes. */
        delete: operations["reset_two_step"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a user try again at once who has to wait after wrong passwords. */
        post: operations["unlock_user"];
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
        /**
         * Adoption
         * @description Whose the files become that are found in the folder.
         */
        Adoption: {
            /** @description Letters, digits, `-` and `_`, at most 63 */
            group: string;
            /** @description Letters, digits, `-` and `_`, at most 63 */
            owner: string;
        };
        /**
         * ApiToken
         * @description Times in seconds since the epoch; `used` 0 = never.
         */
        ApiToken: {
            created: number;
            expires: number;
            id: string;
            name: string;
            rights: components["schemas"]["Right"][];
            used: number;
            used_from: string;
        };
        /**
         * ApiTokenBody
         * @description `rights` is the scope: the token never does more, nor more than its owner may at that moment.
         */
        ApiTokenBody: {
            /** @default 90 */
            days?: number;
            name: string;
            rights: components["schemas"]["Right"][];
        };
        /** AttachedStorage */
        AttachedStorage: {
            attached: boolean;
            /** @default  */
            error?: string;
            name: string;
        };
        /**
         * AuditItem
         * @description `action` is the id of the route, or what the server did by itself; `origin` client marks what a client claimed.
         */
        AuditItem: {
            action: string;
            address: string;
            detail: string;
            hash: string;
            kind: string;
            name: string;
            object: string;
            origin: string;
            result: string;
            seq: number;
            time: number;
            user: string;
        };
        /** AuditPage */
        AuditPage: {
            limit: number;
            offset: number;
            result: components["schemas"]["AuditItem"][];
            total: number;
        };
        /**
         * AuditVerdict
         * @description `broken` is the first entry that does not fit, 0 if the log is whole; `first` to `last` were checked.
         */
        AuditVerdict: {
            broken: number;
            first: number;
            head: string;
            last: number;
            problem: string;
        };
        /** AutoStart */
        AutoStart: {
            enable: boolean;
        };
        /**
         * BatchId
         * @description Also the id of an operation, which tells how far the whole batch is.
         */
        BatchId: {
            id: string;
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
         * ChangedItem
         * @description `status` is deleting, starting or stopping, then deleted, started or stopped, or fail.
         */
        ChangedItem: {
            /** @default  */
            error?: string;
            id: string;
            /** @default  */
            name?: string;
            status: string;
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
        /** ChosenGuests */
        ChosenGuests: {
            /** @description Ids of guests */
            guest: string[];
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
        /** CodeProof */
        CodeProof: {
            code: string;
        };
        /** CpuPriority */
        CpuPriority: {
            priority: string;
        };
        /**
         * CreatedItem
         * @description `status` is creating, created or fail; `id` is empty until there is one.
         */
        CreatedItem: {
            /** @default  */
            error?: string;
            id: string;
            /** @default  */
            name?: string;
            progress: number;
            status: string;
        };
        /**
         * CurrentSize
         * @description What a running guest has until its next start.
         */
        CurrentSize: {
            cores: number;
            /** @description Bytes */
            memory: number;
        };
        /**
         * Description
         * @description What is left out stays as it is; tags are sorted, and each is there once.
         */
        Description: {
            /** @default null */
            note?: string | null;
            /** @default null */
            tags?: string[] | null;
        };
        /**
         * DiskImageDetail
         * @description `progress` in percent until it is `created`.
         */
        DiskImageDetail: {
            created: boolean;
            description: string;
            /** @default  */
            format?: string;
            /** @default  */
            group?: string;
            /** @default  */
            id?: string;
            name: string;
            /** @default  */
            operation?: string;
            /** @default  */
            owner?: string;
            progress: number;
            /** @default  */
            sha256?: string;
            /** @description Bytes */
            size: number;
            tags: string[];
            /** @default 0 */
            version?: number;
            /**
             * @description Bytes
             * @default 0
             */
            virtual_size?: number;
            /** @default  */
            work?: string;
        };
        /**
         * DiskLimitBody
         * @description All four are replaced; they hold for each disk of the guest.
         */
        DiskLimitBody: {
            /**
             * @description Operations per second; 0 = no limit
             * @default 0
             */
            read_iops?: number;
            /**
             * @description Bytes per second; 0 = no limit
             * @default 0
             */
            read_speed?: number;
            /**
             * @description Operations per second; 0 = no limit
             * @default 0
             */
            write_iops?: number;
            /**
             * @description Bytes per second; 0 = no limit
             * @default 0
             */
            write_speed?: number;
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
            /** @description Seconds after which another try makes sense, with status 429 */
            wait?: number;
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
         * Group
         * @description The flags tell what its members see of each other.
         */
        Group: {
            disk_image_visible: boolean;
            display: string;
            instance_visible: boolean;
            media_image_visible: boolean;
            /** @default [] */
            member?: string[];
            name: string;
            /** @default [] */
            role?: string[];
        };
        /**
         * GroupBody
         * @description Members have the rights of every `role`.
         */
        GroupBody: {
            /** @default  */
            display?: string;
            /** @default [] */
            role?: string[];
        };
        /**
         * GroupItem
         * @description `member` counts the members, `roles` the roles.
         */
        GroupItem: {
            display: string;
            member: number;
            name: string;
            roles: number;
        };
        /** GuestAccount */
        GuestAccount: {
            /** @default  */
            password?: string;
            /** @default  */
            user?: string;
        };
        /**
         * GuestConfig
         * @description A guest. `name` is "<group>.<short name>"; `disks[0]` the system disk; `progress` percent while it is created.
         *
         *         `state` is stopped, running, paused, stopping, crashed, creating, deleting or lost, and `reason` says why;
         *         `state_since` is in seconds since the epoch; `operation` is the id of the operation under way on it.
         *         `current` is there while a restart is pending, and `cores` and `memory` are what it will bring.
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
            /** @default null */
            current?: components["schemas"]["CurrentSize"] | null;
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
            note?: string;
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
            /** @default [] */
            tags?: string[];
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
         * @description `keyword` is one word, looked for in name, address, host and tags. `cell` wins over `pool`.
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
         * GuestsToStop
         * @description Without `force` the guests are asked to shut down (ACPI).
         */
        GuestsToStop: {
            /** @default false */
            force?: boolean;
            /** @description Ids of guests */
            guest: string[];
        };
        /**
         * ImageChange
         * @description Empty or missing values keep the old one.
         */
        ImageChange: {
            /** @default  */
            description?: string;
            /** @default  */
            group?: string;
            /** @default  */
            name?: string;
            /** @default  */
            owner?: string;
            /** @default [] */
            tags?: string[];
        };
        /**
         * ImageId
         * @description `operation` follows what was begun, if anything was: GET /operations/{operation}.
         */
        ImageId: {
            id: string;
            /** @default  */
            operation?: string;
        };
        /**
         * ImageItem
         * @description `size` is the file, `virtual_size` what a guest sees: the smallest possible system disk. Both are 0 before an upload.
         *
         *         `work` says what is being done to it now, such as "being uploaded"; `operation` follows it where it is a long one.
         */
        ImageItem: {
            /**
             * @description YYYY-MM-DD HH:MM:SS in the server's time zone
             * @default
             */
            create_time?: string;
            /** @default  */
            description?: string;
            /** @default  */
            format?: string;
            /** @default  */
            group?: string;
            id: string;
            /**
             * @description YYYY-MM-DD HH:MM:SS in the server's time zone
             * @default
             */
            modify_time?: string;
            name: string;
            /** @default  */
            operation?: string;
            /** @default  */
            owner?: string;
            /** @default  */
            sha256?: string;
            /** @description Bytes */
            size: number;
            /** @default [] */
            tags?: string[];
            /** @description Bytes */
            virtual_size: number;
            /** @default  */
            work?: string;
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
            /** @default null */
            current?: components["schemas"]["CurrentSize"] | null;
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
            note?: string;
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
            /** @default [] */
            tags?: string[];
            /** @description Bytes */
            total_disk: number;
        };
        /**
         * IssuedPassword
         * @description `password` is the one that was made, told this once; empty if it was given.
         */
        IssuedPassword: {
            password: string;
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
        /**
         * LocalSignIn
         * @description Both as the host itself gave them to one of its users, through a socket.
         */
        LocalSignIn: {
            token: string;
            user: string;
        };
        /** LogDeletion */
        LogDeletion: {
            entries: string[];
        };
        /** LogItem */
        LogItem: {
            content: string;
            id: string;
            time: string;
        };
        /** LogLine */
        LogLine: {
            at: number;
            text: string;
        };
        /**
         * LogPage
         * @description `total` is counted up to 1000.
         */
        LogPage: {
            logs: components["schemas"]["LogItem"][];
            total: number;
        };
        /**
         * Login
         * @description `code` is for users with two-step sign-in.
         */
        Login: {
            /** @default  */
            code?: string;
            /** @default  */
            nonce?: string;
            password: string;
            user: string;
        };
        /**
         * Me
         * @description `recovery_codes` is how many are left.
         */
        Me: {
            details: components["schemas"]["UserDetails"];
            recovery_codes: number;
        };
        /**
         * MediaChoice
         * @description `source` is the id of a media image; `type` is accepted for old clients.
         */
        MediaChoice: {
            source: string;
            /** @default 0 */
            type?: number;
        };
        /** MediaImageDetail */
        MediaImageDetail: {
            description: string;
            /** @default  */
            group?: string;
            /** @default  */
            id?: string;
            name: string;
            /** @default  */
            operation?: string;
            /** @default  */
            owner?: string;
            /** @default  */
            sha256?: string;
            /** @description Bytes */
            size: number;
            tags: string[];
            /** @default 0 */
            version?: number;
            /** @default  */
            work?: string;
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
         * NetworkLimitBody
         * @description Both are replaced; as the guest sees it.
         */
        NetworkLimitBody: {
            /**
             * @description Bytes per second; 0 = no limit
             * @default 0
             */
            receive_speed?: number;
            /**
             * @description Bytes per second; 0 = no limit
             * @default 0
             */
            send_speed?: number;
        };
        /**
         * NewApiToken
         * @description `token` is told this once. `expires` in seconds since the epoch.
         */
        NewApiToken: {
            expires: number;
            id: string;
            token: string;
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
         * NewCores
         * @description `immediate` is accepted for old clients; the next start applies it.
         */
        NewCores: {
            cores: number;
            /** @default false */
            immediate?: boolean;
        };
        /**
         * NewDiskImage
         * @description With `guest` the image is built from the system disk of this stopped guest; otherwise it waits for a file.
         */
        NewDiskImage: {
            /** @default  */
            description?: string;
            /** @description Letters, digits, `-` and `_`, at most 63 */
            group: string;
            /** @default  */
            guest?: string;
            /** @description Letters, digits, `_`, `.` and `-`, at most 128 */
            name: string;
            /** @description Letters, digits, `-` and `_`, at most 63 */
            owner: string;
            /** @default [] */
            tags?: string[];
        };
        /**
         * NewFetch
         * @description `url` is http or https and leads to a public address; `sha256` is compared with what arrives.
         */
        NewFetch: {
            /**
             * @description SHA-256 in hex; empty = not known
             * @default
             */
            sha256?: string;
            url: string;
        };
        /**
         * NewGuest
         * @description `name` is the short name; Core stores "<group>.<name>". `disks[0]` is the system disk.
         *
         *         `start` starts it once, as soon as it is made; `auto_start` does that too, and again with its host.
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
            /** @default false */
            start?: boolean;
            /** @description Id of a system template */
            template: string;
        };
        /**
         * NewGuests
         * @description `count` guests called "<name_prefix>_<index>", with an index from 0; `name_rule` must be "order".
         */
        NewGuests: {
            /** @default false */
            auto_start?: boolean;
            /** @default null */
            cloud_init?: components["schemas"]["CloudInit"] | null;
            cores: number;
            count: number;
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
            name_prefix: string;
            name_rule: string;
            /** @default  */
            network_address?: string;
            /** @description Letters, digits, `-` and `_`, at most 63 */
            owner: string;
            pool: string;
            /** @default [] */
            port?: number[];
            /** @default null */
            qos?: components["schemas"]["QosItem"] | null;
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
        /** NewLog */
        NewLog: {
            content: string;
            /** @default  */
            format?: string;
        };
        /** NewMediaImage */
        NewMediaImage: {
            /** @default  */
            description?: string;
            /** @description Letters, digits, `-` and `_`, at most 63 */
            group: string;
            /** @description Anything printable but slashes */
            name: string;
            /** @description Letters, digits, `-` and `_`, at most 63 */
            owner: string;
            /** @default [] */
            tags?: string[];
        };
        /**
         * NewMemory
         * @description `immediate` is accepted for old clients; the next start applies it.
         */
        NewMemory: {
            /** @default false */
            immediate?: boolean;
            /** @description Bytes, at least 16 MiB */
            memory: number;
        };
        /**
         * NewName
         * @description The complete new name with the prefix of the group, e.g. "staff.web2".
         */
        NewName: {
            name: string;
        };
        /**
         * NewPassword
         * @description Without `password` one of 12 characters is made; without `user` it is for the account set last, or the template's.
         */
        NewPassword: {
            /** @default  */
            password?: string;
            /** @default  */
            user?: string;
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
         * NewSize
         * @description `immediate` is accepted for old clients; a running guest sees the new size at once anyway.
         */
        NewSize: {
            /** @default false */
            immediate?: boolean;
            /** @description Bytes, at least 1 MiB */
            size: number;
        };
        /** NewSystem */
        NewSystem: {
            /** @description Id of a disk image */
            from_image: string;
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
         * NewUpload
         * @description `size` in bytes of the whole file; with `sha256` the whole is compared in the end.
         */
        NewUpload: {
            /**
             * @description SHA-256 in hex; empty = not known
             * @default
             */
            sha256?: string;
            size: number;
        };
        /**
         * NewUser
         * @description `must_change` makes the user choose another password at the first sign-in.
         */
        NewUser: {
            /** @default [] */
            groups?: string[];
            /** @default  */
            mail?: string;
            /** @default false */
            must_change?: boolean;
            /** @default  */
            nick?: string;
            /** @description At least 8 characters with a digit, a lower and an upper case letter */
            password: string;
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
        /** PasswordChange */
        PasswordChange: {
            new: string;
            old: string;
        };
        /** PasswordProof */
        PasswordProof: {
            /** @description One's present password */
            password: string;
        };
        /**
         * PasswordReset
         * @description `password` left out has one made.
         */
        PasswordReset: {
            /** @default  */
            password?: string;
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
         *         `step` tells what is missing: "code" = the code of the two-step sign-in (POST /portal/code), "password" = a new password
         *         (PUT /users/{user}/password/); nothing else is possible before. `areas` groups the rights: {"guest": ["power", "read"]}.
         *         `csrf` goes into the X-CSRF-Token header of every change. A session ends after `idle_seconds` without input, at `ends` at
         *         the latest; warn `warn_seconds` before. `idle_ends` and `ends` in seconds since the epoch move with POST /portal/activity.
         *         `server_time` in seconds since the epoch and `zone_offset` in seconds east of UTC translate old local times.
         */
        PortalState: {
            /** @default {} */
            areas: {
                [key: string]: string[];
            };
            /** @default  */
            csrf: string;
            /** @default 0 */
            ends: number;
            /** @default  */
            group: string;
            /** @default [] */
            groups: string[];
            /** @default 0 */
            idle_ends: number;
            /** @default 0 */
            idle_seconds: number;
            /** @default [] */
            menus: string[];
            ready: boolean;
            /** @default [] */
            rights: components["schemas"]["Right"][];
            server_time: number;
            /** @default  */
            step: string;
            /** @default  */
            user: string;
            version: string;
            /** @default 120 */
            warn_seconds: number;
            zone_offset: number;
        };
        /**
         * Preferences
         * @description A JSON object of the portal's own, as text: language, theme, columns, saved filters; at most 16 KiB.
         */
        Preferences: {
            preferences: string;
        };
        /**
         * Profile
         * @description What is left out stays; an empty text clears.
         */
        Profile: {
            /** @default null */
            mail?: string | null;
            /** @default null */
            nick?: string | null;
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
         * RecoveryCodes
         * @description Told this once; each works once instead of a code of the app.
         */
        RecoveryCodes: {
            codes: string[];
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
        Right: "audit.read" | "cell.read" | "cell.write" | "guest.all" | "guest.change" | "guest.console" | "guest.create" | "guest.delete" | "guest.power" | "guest.read" | "image.all" | "image.read" | "image.write" | "operation.all" | "operation.read" | "overview.read" | "pool.read" | "pool.write" | "role.read" | "role.write" | "session.read" | "session.write" | "settings.read" | "settings.write" | "template.read" | "template.write" | "user.read" | "user.write" | "visibility.read" | "visibility.write";
        /**
         * Role
         * @description `all_rights` is what menus and single rights give together; `groups` have the role.
         */
        Role: {
            /** @default [] */
            all_rights?: components["schemas"]["Right"][];
            /** @default [] */
            groups?: string[];
            /** @default [] */
            menu?: string[];
            name: string;
            /** @default [] */
            rights?: components["schemas"]["Right"][];
        };
        /**
         * RoleBody
         * @description `menu` gives the rights that go with these menus, `rights` further ones.
         */
        RoleBody: {
            /** @default [] */
            menu?: string[];
            /** @default [] */
            rights?: components["schemas"]["Right"][];
        };
        /**
         * SavedPreferences
         * @description The JSON object as text, as it was saved; "{}" at first.
         */
        SavedPreferences: {
            preferences: string;
        };
        /**
         * SessionItem
         * @description `key` stands for the session and opens nothing. `kind` is portal or nano (an old program); `current` marks the caller's.
         */
        SessionItem: {
            address: string;
            created: number;
            current: boolean;
            key: string;
            kind: string;
            seen: number;
            user: string;
        };
        /**
         * Settings
         * @description `log_days` is how long the audit log is kept, 0 = for ever; the limits advise the create form (cores, GiB, GiB).
         */
        Settings: {
            log_days: number;
            max_cores: number;
            max_disk: number;
            max_memory: number;
        };
        /**
         * SettingsChange
         * @description What is left out stays.
         */
        SettingsChange: {
            /** @default null */
            log_days?: number | null;
            /** @default null */
            max_cores?: number | null;
            /** @default null */
            max_disk?: number | null;
            /** @default null */
            max_memory?: number | null;
        };
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
        /** Shrinking */
        Shrinking: {
            /** @default false */
            immediate?: boolean;
        };
        /** SignIn */
        SignIn: {
            password: string;
            user: string;
        };
        /** SignInCode */
        SignInCode: {
            code: string;
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
         * TemplateBody
         * @description `control` spice is accepted for old clients; consoles speak VNC.
         */
        TemplateBody: {
            admin: string;
            control: string;
            disk: string;
            display: string;
            /**
             * @description Empty (BIOS), uefi or uefi-secure (with Secure Boot)
             * @default
             */
            firmware?: string;
            name: string;
            network: string;
            operating_system: string;
            /**
             * @description Empty, usb or virtio
             * @default
             */
            tablet?: string;
            /** @default false */
            tpm?: boolean;
            /**
             * @description Empty or nec-xhci
             * @default
             */
            usb?: string;
        };
        /**
         * TemplateDetail
         * @description The times are empty for templates that came with the program.
         */
        TemplateDetail: {
            admin: string;
            /** @default false */
            builtin?: boolean;
            control: string;
            /** @description YYYY-MM-DD HH:MM:SS in the server's time zone */
            created_time: string;
            disk: string;
            display: string;
            /** @default  */
            firmware?: string;
            id: string;
            /** @description YYYY-MM-DD HH:MM:SS in the server's time zone */
            modified_time: string;
            name: string;
            network: string;
            operating_system: string;
            /** @default  */
            tablet?: string;
            /** @default false */
            tpm?: boolean;
            /** @default  */
            usb?: string;
        };
        /** TemplateId */
        TemplateId: {
            id: string;
        };
        /**
         * TemplateItem
         * @description `builtin` ones came with the program: they are copied, not changed.
         */
        TemplateItem: {
            /** @default false */
            builtin?: boolean;
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
         * Trust
         * @description `fingerprint` is what the installer and hosts print (of the key), `sha256` what browsers and systems show (of the certificate).
         *
         *         Both in lowercase hex; `expires` in seconds since the epoch.
         */
        Trust: {
            expires: number;
            fingerprint: string;
            name: string;
            sha256: string;
        };
        /**
         * TwoStepSecret
         * @description `secret` in Base32, for typing; `address` for a QR code. Nothing is switched on before the first code is given.
         */
        TwoStepSecret: {
            address: string;
            secret: string;
        };
        /**
         * Typing
         * @description Either `text` in the keyboard layout of the guest, or `keys` held together, e.g. ctrl, alt, delete.
         */
        Typing: {
            /** @default [] */
            keys?: string[];
            /** @default en-us */
            layout?: string;
            /** @default  */
            text?: string;
        };
        /**
         * UploadItem
         * @description An upload in chunks: the next one begins at `offset`; when that reaches `size`, the image has its new content.
         */
        UploadItem: {
            /** @default false */
            done?: boolean;
            id: string;
            image: string;
            /** @description Bytes */
            offset: number;
            /** @default  */
            sha256?: string;
            /** @description Bytes */
            size: number;
        };
        /**
         * UserChange
         * @description What is left out stays. A disabled user is signed out at once and cannot sign in.
         */
        UserChange: {
            /** @default null */
            disabled?: boolean | null;
            /** @default null */
            mail?: string | null;
            /** @default null */
            must_change?: boolean | null;
            /** @default null */
            nick?: string | null;
        };
        /**
         * UserDetails
         * @description `id` never changes and is never used again. `groups` begins with the main one. Times in seconds since the epoch.
         *
         *         `locked` is how many seconds some sign-in of this user has to wait after wrong passwords.
         */
        UserDetails: {
            created: number;
            /** @default false */
            disabled?: boolean;
            /** @default [] */
            groups?: string[];
            id: string;
            /** @default  */
            last_address?: string;
            /** @default 0 */
            last_login?: number;
            /** @default 0 */
            locked?: number;
            /** @default  */
            mail?: string;
            /** @default false */
            must_change?: boolean;
            name: string;
            /** @default  */
            nick?: string;
            /** @default 0 */
            sessions?: number;
            /** @default false */
            two_step?: boolean;
        };
        /** UserPage */
        UserPage: {
            limit: number;
            offset: number;
            result: components["schemas"]["UserDetails"][];
            total: number;
        };
        /**
         * Visibility
         * @description Members of the group see all its guests, disk images, media images; without, everybody sees their own.
         */
        Visibility: {
            disk_image_visible: boolean;
            instance_visible: boolean;
            media_image_visible: boolean;
        };
        /** VisibilityBody */
        VisibilityBody: {
            /** @default false */
            disk_image_visible?: boolean;
            /** @default false */
            instance_visible?: boolean;
            /** @default false */
            media_image_visible?: boolean;
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
    search_audit: {
        parameters: {
            query?: {
                text?: string;
                user?: string;
                action?: string;
                kind?: string;
                object?: string;
                address?: string;
                result?: string;
                origin?: string;
                after?: number;
                before?: number;
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
                        data: components["schemas"]["AuditPage"];
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
    verify_audit: {
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
                        data: components["schemas"]["AuditVerdict"];
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
    export_audit: {
        parameters: {
            query?: {
                text?: string;
                user?: string;
                action?: string;
                kind?: string;
                object?: string;
                address?: string;
                result?: string;
                origin?: string;
                after?: number;
                before?: number;
                format?: string;
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
                    "*/*": string;
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
    start_batch_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGuests"];
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
                        data: components["schemas"]["BatchId"];
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
    get_batch_create: {
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
                        data: components["schemas"]["CreatedItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["CreatedItem"][];
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
    start_batch_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChosenGuests"];
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
                        data: components["schemas"]["BatchId"];
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
    get_batch_delete: {
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
                        data: components["schemas"]["ChangedItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ChangedItem"][];
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
    start_batch_start: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChosenGuests"];
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
                        data: components["schemas"]["BatchId"];
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
    get_batch_start: {
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
                        data: components["schemas"]["ChangedItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ChangedItem"][];
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
    start_batch_stop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GuestsToStop"];
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
                        data: components["schemas"]["BatchId"];
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
    get_batch_stop: {
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
                        data: components["schemas"]["ChangedItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ChangedItem"][];
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
    create_disk_image: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDiskImage"];
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
                        data: components["schemas"]["ImageId"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["ImageId"];
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
    sync_disk_images: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Adoption"];
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
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_disk_image: {
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
                        data: components["schemas"]["DiskImageDetail"];
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
    modify_disk_image: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImageChange"];
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
    delete_disk_image: {
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
    fetch_disk_image: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFetch"];
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
                        data: components["schemas"]["ImageId"];
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
    download_disk_image: {
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
                    "application/octet-stream": string;
                };
            };
            /** @description Partial Content */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
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
    upload_disk_image: {
        parameters: {
            query?: {
                /** @description SHA-256 in hex; empty = not known */
                sha256?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    image: string;
                };
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
    begin_disk_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUpload"];
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
                        data: components["schemas"]["UploadItem"];
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
    get_disk_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                upload_id: string;
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
                        data: components["schemas"]["UploadItem"];
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
    abandon_disk_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                upload_id: string;
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
    put_disk_chunk: {
        parameters: {
            query: {
                offset: number;
                /** @description SHA-256 in hex; empty = not known */
                sha256?: string;
            };
            header?: never;
            path: {
                id: string;
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    image: string;
                };
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
                        data: components["schemas"]["UploadItem"];
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
    get_guest_auth: {
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
                        data: components["schemas"]["GuestAccount"];
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
    modify_guest_auth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
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
                        data: components["schemas"]["GuestAccount"];
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
    modify_guest_auto_start: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AutoStart"];
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
    modify_guest_cores: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCores"];
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
    describe_guest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Description"];
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
    resize_guest_disk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description 0 is the system disk */
                index: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSize"];
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
    shrink_guest_disk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description 0 is the system disk */
                index: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Shrinking"];
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
    modify_guest_memory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMemory"];
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
    reset_guest_monitor_secret: {
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
    rename_guest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewName"];
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
    modify_guest_cpu_priority: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CpuPriority"];
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
    modify_guest_disk_limits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiskLimitBody"];
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
    modify_guest_network_limits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NetworkLimitBody"];
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
    reset_guest_system: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSystem"];
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
    list_pool_guests: {
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
    list_cell_guests: {
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
    type_into_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Typing"];
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
    insert_media: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MediaChoice"];
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
    eject_media: {
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
    reboot_instance: {
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
    reset_instance: {
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
    resume_instance: {
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
    suspend_instance: {
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
    query_log: {
        parameters: {
            query?: {
                limit?: number;
                start?: number;
                after?: string;
                before?: string;
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
                        data: components["schemas"]["LogPage"];
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
    add_log: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLog"];
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
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    delete_log: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogDeletion"];
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
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_me: {
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
                        data: components["schemas"]["Me"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    modify_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Profile"];
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
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_preferences: {
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
                        data: components["schemas"]["SavedPreferences"];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    save_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Preferences"];
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
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    list_my_tokens: {
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
                        data: components["schemas"]["ApiToken"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    create_my_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiTokenBody"];
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
                        data: components["schemas"]["NewApiToken"];
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
    revoke_my_token: {
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
    switch_two_step_on: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CodeProof"];
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
                        data: components["schemas"]["RecoveryCodes"];
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
    prepare_two_step: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordProof"];
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
                        data: components["schemas"]["TwoStepSecret"];
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
    switch_two_step_off: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordProof"];
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
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    renew_recovery_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordProof"];
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
                        data: components["schemas"]["RecoveryCodes"];
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
    search_media_images: {
        parameters: {
            query?: {
                owner?: string;
                group?: string;
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
    list_media_images: {
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
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    create_media_image: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMediaImage"];
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
                        data: components["schemas"]["ImageId"];
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
    sync_media_images: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Adoption"];
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
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    get_media_image: {
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
                        data: components["schemas"]["MediaImageDetail"];
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
    modify_media_image: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImageChange"];
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
    delete_media_image: {
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
    fetch_media_image: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFetch"];
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
                        data: components["schemas"]["ImageId"];
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
    download_media_image: {
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
                    "application/octet-stream": string;
                };
            };
            /** @description Partial Content */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
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
    upload_media_image: {
        parameters: {
            query?: {
                /** @description SHA-256 in hex; empty = not known */
                sha256?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    image: string;
                };
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
    begin_media_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUpload"];
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
                        data: components["schemas"]["UploadItem"];
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
    get_media_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                upload_id: string;
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
                        data: components["schemas"]["UploadItem"];
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
    abandon_media_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                upload_id: string;
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
    put_media_chunk: {
        parameters: {
            query: {
                offset: number;
                /** @description SHA-256 in hex; empty = not known */
                sha256?: string;
            };
            header?: never;
            path: {
                id: string;
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "multipart/form-data": {
                    image: string;
                };
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
                        data: components["schemas"]["UploadItem"];
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
    give_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInCode"];
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
    sign_in_locally: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LocalSignIn"];
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
    get_visibilities: {
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
                        data: components["schemas"]["Visibility"];
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
    modify_visibilities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisibilityBody"];
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
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    list_roles: {
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
                        data: string[];
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
    get_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: string;
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
                        data: components["schemas"]["Role"];
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
    modify_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleBody"];
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
    create_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleBody"];
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
    delete_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: string;
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
    search_sessions: {
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
                        data: components["schemas"]["SessionItem"][];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    search_users: {
        parameters: {
            query?: {
                keyword?: string;
                group?: string;
                state?: string;
                sort?: string;
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
                        data: components["schemas"]["UserPage"];
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
    list_sessions: {
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
                        data: string[];
                        /** @constant */
                        error_code: 0;
                        /** @constant */
                        message: "";
                    };
                };
            };
            400: components["responses"]["Failure400"];
            401: components["responses"]["Failure401"];
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
    revoke_other_sessions: {
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
    revoke_session: {
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
    get_settings: {
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
                        data: components["schemas"]["Settings"];
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
    modify_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SettingsChange"];
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
            409: components["responses"]["Failure409"];
            413: components["responses"]["Failure413"];
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
    create_template: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateBody"];
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
                        data: components["schemas"]["TemplateId"];
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
    modify_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TemplateBody"];
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
    delete_template: {
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
    get_trust: {
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
                        data: components["schemas"]["Trust"];
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
    download_authority: {
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
                    "*/*": string;
                };
            };
            400: components["responses"]["Failure400"];
            422: components["responses"]["Failure422"];
            429: components["responses"]["Failure429"];
            500: components["responses"]["Failure500"];
            503: components["responses"]["Failure503"];
        };
    };
    list_groups: {
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
                        data: components["schemas"]["GroupItem"][];
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
    get_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
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
                        data: components["schemas"]["Group"];
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
    modify_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupBody"];
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
    create_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GroupBody"];
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
    delete_group: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
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
    list_members: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
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
                        data: string[];
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
    add_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
                user: string;
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
    remove_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
                user: string;
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
    modify_group_visibilities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VisibilityBody"];
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
    search_users_of_group: {
        parameters: {
            query?: {
                group?: string;
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
                        data: string[];
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
    list_users: {
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
                        data: string[];
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
    get_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
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
                        data: components["schemas"]["UserDetails"];
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
    modify_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
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
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
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
    delete_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
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
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
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
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
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
                        data: components["schemas"]["IssuedPassword"];
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
    revoke_sessions_of_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
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
    list_tokens_of_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
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
                        data: components["schemas"]["ApiToken"][];
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
    revoke_token_of_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
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
    reset_two_step: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
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
    unlock_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
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
}
