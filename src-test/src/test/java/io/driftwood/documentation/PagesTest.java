package io.driftwood.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.jobs.command.Commands;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages that people can follow: no link leads nowhere, every page says what it is and where to go on. */
class PagesTest {

    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");

    @Test
    void everyRelativeLink_leadsToAFileAndAHeadingThatAreThere() {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : Project.pages()) {
            Matcher link = LINK.matcher(FENCE.matcher(Project.read(page)).replaceAll("").replaceAll("`[^`\n]*`", ""));
            while (link.find()) {
                links++;
                if (!leadsSomewhere(page, link.group(1))) {
                    broken.add(page + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).as("links found; none would mean that nothing was looked at").isGreaterThan(50);
    }

    @Test
    void everyPageOfTheDocumentation_statesItsKindAndEndsWithOneNextStep() {
        for (Path page : Project.pages()) {
            if (page.startsWith("docs") && page.getNameCount() == 3) {
                List<String> lines = Project.read(page).strip().lines().toList();
                String kind = page.getName(1).toString().replace('-', ' ');
                assertThat(lines.get(0).toLowerCase(Locale.ROOT)).as("%s", page).startsWith("# " + kind + ": ");
                assertThat(lines.get(lines.size() - 1)).as("%s", page).startsWith("Next: ").containsPattern(LINK);
            }
        }
    }

    @Test
    void documentation_hasFourFolders() {
        assertThat(Project.ROOT.resolve("docs")).isDirectoryNotContaining(path -> Files.isDirectory(path)
                && !Set.of("tutorial", "how-to", "reference", "explanation").contains(path.getFileName().toString()));
    }

    /** A complete configuration on a page is one that works; where its model is a class of an example, it is that of the example. */
    @Test
    void everyCompleteConfiguration_isValid(@TempDir Path directory) throws IOException {
        int complete = 0;
        for (Path page : Project.pages()) {
            for (String yaml : blocks(page, "yaml")) {
                if (yaml.startsWith("name: decay")) {
                    assertThat(Project.read(Path.of("examples/own-model/decay.yaml"))).as("%s", page).contains(yaml.strip());
                } else if (yaml.startsWith("name: ")) {
                    complete++;
                    assertThat(validate(Files.writeString(directory.resolve("page.yaml"), yaml))).as("%s:\n%s", page, yaml).contains("is valid");
                }
            }
        }
        assertThat(complete).isGreaterThan(2);
    }

    @Test
    void javaOfThePages_isThatOfTheExample() {
        List<String> java = blocks(Path.of("docs/how-to/own-model.md"), "java");
        assertThat(java).hasSize(1);
        String example = Project.read(Path.of("examples/own-model/example/Decay.java"));
        assertThat(example).contains(java.get(0).strip());
        assertThat(example.lines().count()).as("the example fits on a page").isLessThanOrEqualTo(40);
    }

    private static List<String> blocks(Path page, String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```").matcher(Project.read(page)).results().map(block -> block.group(1)).toList();
    }

    private static String validate(Path configuration) {
        StringWriter out = new StringWriter();
        PrintWriter to = new PrintWriter(out);
        Commands.execute(to, to, "validate", configuration.toString());
        return out.toString();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        if (link.contains("://") || link.startsWith("mailto:")) {
            return true;
        }
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (target.startsWith("..") || !Files.exists(Project.ROOT.resolve(target))) {
            return false;
        }
        return hash < 0 || anchors(target).contains(link.substring(hash + 1));
    }

    /** Headings as hosts of Markdown turn them into anchors: lower case, without punctuation, hyphens for spaces. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new LinkedHashSet<>();
        Matcher heading = HEADING.matcher(FENCE.matcher(Project.read(page)).replaceAll(""));
        while (heading.find()) {
            anchors.add(heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
        }
        return anchors;
    }
}
