package io.driftwood.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftwood.jobs.command.Commands;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LauncherTest {

    /** Those that a user waits for more than for their work: started quickly, without vectors. */
    private static final Set<String> QUICK = Set.of("validate", "plot", "list", "schema", "generate-completion", "reference");

    /** A command that computes and is not in the launcher's list would run on one tier of the compiler and without vectors, and nobody would see why it is slow. */
    @Test
    void everyCommandThatComputes_isGivenVectorsByTheLauncher() {
        Matcher computing = Pattern.compile("\\n  ([a-z |]+)\\) # the commands that compute").matcher(Project.read(Path.of("driftwood")));
        assertThat(computing.find()).isTrue();
        Set<String> others = new TreeSet<>(Commands.line().getSubcommands().keySet());
        others.removeAll(QUICK);

        assertThat(Arrays.stream(computing.group(1).split(" \\| "))).containsExactlyInAnyOrderElementsOf(others);
    }
}
