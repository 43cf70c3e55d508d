package io.driftwood.jobs.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.driftwood.jobs.picture.ScatterPicture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "plot", mixinStandardHelpOptions = true, description = "Draws two coordinates of sampled draws against each other, a panel a file, as SVG.",
        footer = {"", "Examples:", "  driftwood plot draws.jsonl --x x1 --y x2 > draws.svg", "  driftwood plot chains.jsonl smc.jsonl --x x1 --y x2 --out both.svg"})
final class PlotCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec command;
    @Mixin private Verbosity verbosity;

    @Parameters(paramLabel = "DRAWS", arity = "1..*", description = "Files of draws, as driftwood sample writes them. The file's name is the panel's title.")
    private List<Path> files;

    @Option(names = "--x", paramLabel = "NAME", required = true, description = "The coordinate to the right.")
    private String x;

    @Option(names = "--y", paramLabel = "NAME", required = true, description = "The coordinate upwards.")
    private String y;

    @Option(names = "--points", paramLabel = "N", defaultValue = "1000", description = "Draws shown of each file at most, evenly taken.")
    private int points;

    @Option(names = "--out", paramLabel = "FILE", description = "Writes to a file instead of stdout.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        List<ScatterPicture.Panel> panels = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new Failure(ExitCode.FAILED, "error: there is no file " + file);
            }
            panels.add(panel(file));
        }
        String svg = new ScatterPicture(x, y, panels).svg();
        if (out == null) {
            command.commandLine().getOut().print(svg);
            command.commandLine().getOut().flush();
        } else {
            Files.writeString(out, svg);
        }
        return ExitCode.DONE;
    }

    private ScatterPicture.Panel panel(Path file) throws IOException {
        long count;
        try (var lines = Files.lines(file)) {
            count = lines.count();
        }
        long every = Math.max(1, (count + points - 1) / Math.max(1, points));
        List<double[]> kept = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
                if (number % every == 0 && !line.isBlank()) {
                    keep(file, number + 1, JSON.readTree(line), kept);
                }
            }
        }
        String title = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        return new ScatterPicture.Panel(title, column(kept, 0), column(kept, 1), column(kept, 2));
    }

    /** Draws without weight are not to be seen. */
    private void keep(Path file, long line, JsonNode draw, List<double[]> kept) {
        JsonNode parameters = draw.path("parameters");
        for (String name : List.of(x, y)) {
            if (!parameters.has(name)) {
                throw new Failure(ExitCode.FAILED, "error: " + file + ":" + line + " has no coordinate " + name + " under `parameters`");
            }
        }
        double weight = draw.path("weight").asDouble(1);
        if (weight > 0 && parameters.get(x).isNumber() && parameters.get(y).isNumber()) {
            kept.add(new double[] {parameters.get(x).asDouble(), parameters.get(y).asDouble(), weight});
        }
    }

    private static double[] column(List<double[]> rows, int at) {
        return rows.stream().mapToDouble(row -> row[at]).toArray();
    }
}
