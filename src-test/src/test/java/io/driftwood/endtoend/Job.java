package io.driftwood.endtoend;

import io.driftwood.jobs.command.Commands;
import io.driftwood.jobs.configuration.Configuration;
import io.driftwood.jobs.topology.JobPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The job that the end-to-end tests run: a logistic regression of y on x for every key, with few particles. */
final class Job {

    private static final Pattern BOOKS = Pattern.compile(
            "(\\d+) records in = (\\d+) assimilated \\+ (\\d+) late \\+ (\\d+) rejected \\+ (\\d+) dead letters");

    private Job() {}

    /** The configuration without source, sinks and anything about Flink. */
    static String yaml(String name) {
        return """
                name: %s
                model:
                  type: glm
                  family: bernoulli
                  response: y
                  features: [x]
                  prior: {default: {type: normal, mean: 0, sd: 3}}
                key: key
                time: {field: t, format: epoch-millis, out-of-orderness: %s}
                sampler: {particles: 128, seed: 11, samples: {every: 7, count: 5}}
                predict:
                  - {name: p_at_one, at: {x: 1}}
                  - {name: odds_ratio, of: exp(x)}
                """.formatted(name, Readings.OUT_OF_ORDERNESS);
    }

    static Path write(Path directory, String yaml) throws IOException { return Files.writeString(directory.resolve("job.yaml"), yaml); }

    static JobPlan plan(Path file) { return JobPlan.of(Configuration.load(file, List.of(), Map.of()).orThrow()); }

    /** What a command said, here in this process; its standard streams are those of a caller, and data goes to files. */
    record Said(int code, String out, String err) {}

    static Said command(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.execute(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    /** The five numbers of the books: in, assimilated, late, rejected, dead letters. */
    static List<Integer> books(String err) {
        Matcher books = BOOKS.matcher(err);
        if (!books.find()) {
            throw new AssertionError("no books in: " + err);
        }
        return List.of(1, 2, 3, 4, 5).stream().map(group -> Integer.valueOf(books.group(group))).toList();
    }
}
