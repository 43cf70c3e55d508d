package io.driftwood.bench;

import io.driftwood.jobs.bench.Benchmarks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The kernels' benchmarks, which JMH measures: every class in this package whose name ends in {@code Benchmark}. */
public final class JmhBenchmarks implements Benchmarks {

    private static final String SUFFIX = "Benchmark";

    @Override
    public List<String> names() {
        return BenchmarkList.defaultList().getAll(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of()).stream()
                .map(BenchmarkListEntry::getUserClassQName).map(JmhBenchmarks::name).distinct().sorted().toList();
    }

    /** {@code io.driftwood.bench.LogisticScoreBenchmark} is {@code logistic-score}. */
    private static String name(String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        return simple.substring(0, simple.length() - SUFFIX.length()).replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    @Override
    public int run(List<String> names, boolean json, PrintWriter out, PrintWriter err) {
        Path log = log();
        OptionsBuilder options = new OptionsBuilder();
        options.shouldFailOnError(true).output(log.toString());
        (names.isEmpty() ? names() : names).forEach(name -> options.include(pattern(name)));
        err.println("Measuring " + String.join(", ", names.isEmpty() ? names() : names) + "; this takes minutes. JMH's own log is " + log);
        try {
            Collection<RunResult> results = new Runner(options.build()).run();
            out.print(text(results, json ? ResultFormatType.JSON : ResultFormatType.TEXT));
            out.flush();
            return 0;
        } catch (RunnerException e) {
            err.println("error: " + e.getMessage());
            return 1;
        }
    }

    /** JMH and the processes it starts would write among the results. */
    private static Path log() {
        try {
            return Files.createTempFile("driftwood-bench-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Matches the class of a name, whatever its capitals. */
    private static String pattern(String name) {
        return "(?i)\\." + name.replace("-", "") + SUFFIX + "\\.";
    }

    private static String text(Collection<RunResult> results, ResultFormatType type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ResultFormatFactory.getInstance(type, stream).writeOut(results);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
