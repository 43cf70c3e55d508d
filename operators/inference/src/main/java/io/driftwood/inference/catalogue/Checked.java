package io.driftwood.inference.catalogue;

import java.util.List;

/**
 * What a check found: settings with defaults filled in, everything that is wrong, and where each effective value came from.
 *
 * @param settings to build from only when there are no problems
 * @param effective one line for every leaf, in the order of the shape
 */
public record Checked(Settings settings, List<Problem> problems, List<Effective> effective) {

    /** The settings, or all problems at once as one exception. */
    public Settings orThrow() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }
}
