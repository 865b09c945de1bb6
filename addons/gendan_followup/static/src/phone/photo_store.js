import { IndexedDB } from "@web/core/utils/indexed_db";

const TABLE = "photos";
const VERSION = "1";

/**
 * The phone's own place for what is too large for its few megabytes of plain storage.
 *
 * A photo lies here until the step that it belongs to has arrived at the server.
 */
export class PhotoStore {
    get db() {
        this._db ||= new IndexedDB("gendan_phone", VERSION);
        return this._db;
    }

    /** @returns {Promise<boolean>} whether it is kept, also when the page is closed */
    async keep(key, text) {
        try {
            await this.db.write(TABLE, key, text);
            return (await this.db.read(TABLE, key)) === text;
        } catch {
            return false;
        }
    }

    /** @returns {Promise<string|undefined>} */
    async get(key) {
        return this.db.read(TABLE, key).catch(() => undefined);
    }

    async drop(key) {
        await this.db
            .execute((db) => {
                if (db && db.objectStoreNames.contains(TABLE)) {
                    db.transaction(TABLE, "readwrite").objectStore(TABLE).delete(key);
                }
            })
            .catch(() => {});
    }
}

export const photoStore = new PhotoStore();
