package io.driftwood.jobs.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.jobs.configuration.Catalogues;
import io.driftwood.jobs.configuration.JobShape;
import io.driftwood.jobs.configuration.JsonSchema;
import io.driftwood.jobs.configuration.LearnShape;
import io.driftwood.jobs.configuration.SampleShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** Everything under version control that is written from the code: the reference pages and the JSON Schema of a job. */
public final class ReferencePages {

    /** How people write them again. */
    public static final String COMMAND = "./driftwood reference";

    private static final String DIRECTORY = "docs/reference/";

    private ReferencePages() {}

    /**
     * @param commands the command line that is described
     * @return path from the root of the project to content
     */
    public static Map<String, String> of(CommandLine commands) {
        Map<String, String> pages = new TreeMap<>();
        pages.put(DIRECTORY + "configuration.md", ConfigurationPage.text());
        pages.put(DIRECTORY + "sample-configuration.md", ConfigurationPage.ofSample());
        pages.put(DIRECTORY + "learn-configuration.md", ConfigurationPage.ofLearning());
        pages.put(DIRECTORY + "commands.md", CommandsPage.text(commands));
        pages.put(DIRECTORY + "wire.md", WirePage.text());
        for (Catalogue<?> catalogue : Catalogues.ALL) {
            pages.put(DIRECTORY + CataloguePage.file(catalogue), CataloguePage.text(catalogue));
        }
        pages.put("driftwood.schema.json", schema());
        pages.put("driftwood-sample.schema.json", sampleSchema());
        pages.put("driftwood-learn.schema.json", learnSchema());
        return pages;
    }

    /** Writes all pages below the root of the project. */
    public static void write(Path root, CommandLine commands) {
        of(commands).forEach((path, content) -> {
            try {
                Path file = root.resolve(path);
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, content);
            } catch (IOException e) {
                throw new UncheckedIOException(path + " cannot be written: " + e.getMessage(), e);
            }
        });
    }

    /** The JSON Schema of a job's configuration, as {@code driftwood schema} writes it. */
    public static String schema() {
        return text("Driftwood job", JobShape.ROOT);
    }

    /** The same of a target to sample. */
    public static String sampleSchema() {
        return text("Driftwood target to sample", SampleShape.ROOT);
    }

    /** The same of what is to be learned from a table. */
    public static String learnSchema() {
        return text("Driftwood learning from a table", LearnShape.ROOT);
    }

    private static String text(String title, Shape.Struct root) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(JsonSchema.of(title, root)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
