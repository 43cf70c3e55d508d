package io.driftwood.jobs.command;

import io.driftwood.inference.catalogue.Effective;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.numeric.LaneMath;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.topology.JobPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/** The first line of a run: what is needed to run it again with the same answer. */
final class Opening {

    private Opening() {}

    static String line(String task, Configuration configuration, JobPlan plan) {
        Settings sampler = configuration.settings().struct("sampler");
        OptionalLong records = plan.source().records();
        return "driftwood " + version() + " " + task + " '" + plan.name() + "': "
                + (records.isPresent() ? records.getAsLong() + " records, " : "")
                + sampler.count("particles") + " particles, seed " + sampler.integer("seed")
                + ", configuration " + fingerprint(configuration) + ", numerics " + LaneMath.get().name();
    }

    /** Of every effective value as people may see it; the same for the same configuration, wherever its values came from. */
    static String fingerprint(Configuration configuration) {
        CRC32 sum = new CRC32();
        for (Effective value : configuration.effective()) {
            sum.update((value.path() + "=" + value.text() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return String.format("%08x", sum.getValue());
    }

    static String version() {
        try {
            return Version.text();
        } catch (IOException e) {
            return "";
        }
    }
}
