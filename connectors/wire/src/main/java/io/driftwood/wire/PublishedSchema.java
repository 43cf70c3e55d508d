package io.driftwood.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The published JSON Schemas (draft 2020-12) of everything that Driftwood writes. */
public enum PublishedSchema {
    POSTERIOR_SUMMARY("posterior-summary"), DEAD_LETTER("dead-letter"), SET_ASIDE("set-aside"), SAMPLE("sample"), ANSWER("answer"), ALARM("alarm"),
    LEARNED("learned");

    private final String name;

    PublishedSchema(String name) {
        this.name = name;
    }

    /** What the records' {@code schema} field says. */
    public String id() {
        return "driftwood/" + name + "/v1";
    }

    public String fileName() {
        return name + "-v1.schema.json";
    }

    public String text() {
        try (InputStream in = PublishedSchema.class.getResourceAsStream(fileName())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
