package io.driftwood.jobs.topology;

import io.driftwood.inference.catalogue.ConfigurationException;
import io.driftwood.inference.catalogue.Problem;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Table;
import io.driftwood.inference.learn.Training;
import io.driftwood.inference.learn.Trainings;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.particle.Particles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What {@code driftwood learn} does, built from checked settings.
 *
 * @param type of the training
 * @param rows of the table without a missing number, as columns
 * @param fields names of the columns
 */
public record LearnPlan(String name, String type, long seed, Training training, Particles rows, List<String> fields) {

    /** Reports what only building can show, all of it at once, by {@link ConfigurationException}; see {@link JobPlan#of}. */
    public static LearnPlan of(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        Optional<Training> training = JobPlan.attempt(problems, () -> Trainings.CATALOGUE.build(settings.struct("training")));
        Optional<int[]> columns = JobPlan.attempt(problems, () -> columns(settings));
        Optional<Particles> rows = columns.flatMap(chosen -> JobPlan.attempt(problems, () -> rows(settings, chosen)));
        if (training.isPresent() && rows.isPresent() && !training.get().refusal(rows.get()).isEmpty()) {
            problems.add(Problem.at("data", null, training.get().refusal(rows.get())));
        }
        if (!problems.isEmpty() || training.isEmpty() || rows.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new LearnPlan(settings.text("name"), settings.struct("training").type(), settings.integer("seed"), training.get(), rows.get(), fields(settings.table("data"), columns.get()));
    }

    /** @param told how it goes, now and then, a sentence each */
    public Learned learn(Consumer<String> told) { return training.learn(rows, fields, name, seed, told); }

    /** What is learned from what. */
    public String words() { return type + " from " + rows.size + " rows of " + rows.dimension + " numbers, seed " + seed; }

    private static List<String> fields(Table table, int[] columns) {
        return Arrays.stream(columns).mapToObj(c -> table.columns().isEmpty() ? "x" + (c + 1) : table.columns().get(c)).toList();
    }

    private static int[] columns(Settings settings) {
        Table table = settings.table("data");
        if (!settings.has("columns")) {
            return IntStream.range(0, table.width()).toArray();
        }
        return settings.texts("columns").stream().mapToInt(name -> {
            int column = table.columns().indexOf(name);
            if (column < 0) {
                throw settings.problem("columns", "there is no column " + name + " of numbers; there are " + String.join(", ", table.columns()));
            }
            return column;
        }).toArray();
    }

    private static Particles rows(Settings settings, int[] columns) {
        double[][] complete = Arrays.stream(settings.table("data").rows())
                .filter(row -> Arrays.stream(columns).allMatch(c -> Double.isFinite(row[c]))).toArray(double[][]::new);
        if (complete.length == 0 || columns.length == 0) {
            throw settings.problem("data", "needs rows of at least one number without missing ones");
        }
        Particles rows = new Particles(complete.length, columns.length);
        for (int i = 0; i < complete.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                rows.set(j, i, complete[i][columns[j]]);
            }
        }
        rows.pad();
        return rows;
    }
}
