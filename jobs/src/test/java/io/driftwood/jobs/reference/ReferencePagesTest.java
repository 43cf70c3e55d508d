package io.driftwood.jobs.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.jobs.command.Commands;
import io.driftwood.jobs.configuration.Catalogues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the project says about itself in its reference pages is what the code says. */
class ReferencePagesTest {

    /** Tests run in the directory of their module. */
    private static final Path ROOT = Path.of("..");

    /** Pages of the reference that people write. */
    private static final List<String> WRITTEN_BY_HAND = List.of("benchmarks.md", "variational-tables.md");

    private final Map<String, String> pages = ReferencePages.of(Commands.line());

    @TestFactory
    Stream<DynamicTest> page_isWhatTheCodeSays() {
        return pages.keySet().stream().map(path -> DynamicTest.dynamicTest(path, () -> {
            Path file = ROOT.resolve(path);
            assertThat(file).as("run %s and commit what it writes", ReferencePages.COMMAND).exists();
            assertThat(Files.readString(file)).as("%s is out of date: run %s and commit what it writes", path, ReferencePages.COMMAND)
                    .isEqualTo(pages.get(path));
        }));
    }

    @Test
    void reference_holdsNoPageOfSomethingThatIsGone() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/reference"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> WRITTEN_BY_HAND.contains(name) || pages.containsKey("docs/reference/" + name));
        }
    }

    /** A new entry of a catalogue, and every option of it, is on its page without anybody's doing. */
    @Test
    void everyEntryAndOption_isDescribed() {
        Catalogues.ALL.forEach(catalogue -> {
            String page = pages.get("docs/reference/" + CataloguePage.file(catalogue));
            catalogue.entries().forEach(entry -> {
                assertThat(page).contains("## `" + entry.name() + "`");
                entry.options().forEach(option -> assertThat(page).contains("| `" + option.name() + "` |"));
            });
        });
    }
}
