import { Component, useRef, useState } from "@odoo/owl";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { FileInput } from "@web/core/file_input/file_input";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useFileUploader } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { url } from "@web/core/utils/urls";
import { useX2ManyCrud } from "@web/views/fields/relational_utils";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The customer's own document beside the form: look, drop a file, leaf through several.
 */
export class DocumentPane extends Component {
    static template = "gendan_followup.DocumentPane";
    static components = { FileInput };
    static props = { ...standardFieldProps };

    setup() {
        this.notification = useService("notification");
        this.upload = useFileUploader();
        this.operations = useX2ManyCrud(() => this.props.record.data[this.props.name], true);
        this.state = useState({ index: 0 });
        useDropzone(
            useRef("pane"),
            (ev) => this.onDrop(ev),
            "",
            () => !this.props.readonly
        );
    }

    get files() {
        return this.props.record.data[this.props.name].records.map((record) => ({
            record,
            id: record.resId,
            name: record.data.name || "",
            mimetype: record.data.mimetype || "",
        }));
    }

    get shown() {
        const files = this.files;
        return files[Math.min(this.state.index, files.length - 1)];
    }

    isImage(file) {
        return file.mimetype.startsWith("image/");
    }

    isPdf(file) {
        return file.mimetype === "application/pdf";
    }

    source(file) {
        if (this.isImage(file)) {
            return url(`/web/image/${file.id}`);
        }
        return url(`/web/content/${file.id}`, this.isPdf(file) ? {} : { download: true });
    }

    viewer(file) {
        const pdf = encodeURIComponent(this.source(file));
        return `/web/static/lib/pdfjs/web/viewer.html?file=${pdf}#pagemode=none&zoom=page-width`;
    }

    async onDrop(ev) {
        const files = [...ev.dataTransfer.files];
        const uploaded = await this.upload("/web/binary/upload_attachment", {
            csrf_token: odoo.csrf_token,
            ufile: files,
            model: this.props.record.resModel,
            id: 0,
        });
        await this.onUploaded(uploaded);
    }

    async onUploaded(files) {
        for (const file of files || []) {
            if (file.error) {
                this.notification.add(file.error, {
                    title: _t("The file was not stored"),
                    type: "danger",
                });
                return;
            }
            await this.operations.saveRecord([file.id]);
        }
        this.state.index = this.files.length - 1;
    }

    async onRemove(file) {
        await this.operations.removeRecord(file.record);
        this.state.index = 0;
    }
}

registry.category("fields").add("gendan_document_pane", {
    component: DocumentPane,
    supportedTypes: ["many2many"],
    relatedFields: [
        { name: "name", type: "char" },
        { name: "mimetype", type: "char" },
    ],
});
