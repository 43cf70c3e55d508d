package io.driftwood.bench;

import io.driftwood.inference.variational.Method;
import io.driftwood.jobs.bench.Benchmarks;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The published tables of Langevin paths again: six methods from a diagonal normal start tuned with the rest, score networks where they were published with
 * them, and beside them controlled drifts, which are younger, and the best of ours at as many bridges: coordinates whitened by a full normal, steps of their own
 * for coordinates and bridges, a moving reference, and strata where they help. Bounds from 8000 fresh paths.
 *
 * <p>Differs from the published runs: 2,000 to 4,000 iterations at rate 0.02 and not 150,000 at the best of three; eight paths and not five, and with networks
 * 16 to 64, because the noise of their gradients is what holds them back; the best parameters of those judged; a start at the mode where one is found. The cells
 * of a row are tuned side by side, one a core.
 */
final class VariationalBench implements Bench {

    /** In nats. */
    static final double CLOSE = 0.3;

    @Override
    public String name() { return "variational"; }

    @Override
    public String help() { return "Published bounds of annealed Langevin paths, reproduced, and the best of ours, in nats; --data, --full, --page."; }

    @Override
    public boolean onlyWhenNamed() { return true; }

    @Override
    public List<Figure> run(PrintWriter talk) throws Exception { return run(Benchmarks.Wishes.NONE, talk); }

    @Override
    public List<Figure> run(Benchmarks.Wishes wishes, PrintWriter talk) throws Exception {
        return run(PublishedBounds.all(wishes.data()), PublishedBounds.BRIDGES.subList(0, wishes.full() ? 6 : 3), wishes, talk);
    }

    static List<Figure> run(List<PublishedBounds> problems, List<Integer> counts, Benchmarks.Wishes wishes, PrintWriter talk) throws Exception {
        List<Figure> figures = new ArrayList<>();
        VariationalPage page = new VariationalPage();
        for (String absent : PublishedBounds.absent(wishes.data())) {
            talk.println("variational: " + absent);
            page.absent(absent);
        }
        int close = 0;
        int cells = 0;
        for (PublishedBounds problem : problems) {
            page.begin(problem);
            PathCells tuned = PathCells.of(problem.target());
            for (int bridges : counts) {
                long begin = System.nanoTime();
                List<PathCells.Cell> row = sideBySide(tuned, bridges, problem.logEvidence());
                double seconds = (System.nanoTime() - begin) * 1e-9;
                PathCells.Cell ours = row.remove(row.size() - 1);
                PathCells.Cell controlled = row.remove(row.size() - 1);
                for (int m = 0; m < row.size(); m++) {
                    Method method = PublishedBounds.METHODS.get(m);
                    cells++;
                    close += row.get(m).bound().mean() >= problem.bound(bridges, method) - CLOSE ? 1 : 0;
                    add(figures, problem.name() + " K=" + bridges + " " + method, row.get(m));
                }
                add(figures, problem.name() + " K=" + bridges + " " + Method.CMCD, controlled);
                add(figures, problem.name() + " K=" + bridges + " ours (" + ours.label() + ")", ours);
                page.row(problem, bridges, row, controlled, ours, seconds);
                talk.println("variational: " + page.lastRow());
                talk.flush();
            }
            if (wishes.page().isPresent()) {
                Files.writeString(wishes.page().get(), page.text(close, cells));
            }
        }
        figures.add(Figure.alone("cells not more than 0.3 nat below the published bound", (double) close / cells, ""));
        return figures;
    }

    /** The published methods, controlled drifts, and then ours, one a core at a time. */
    private static List<PathCells.Cell> sideBySide(PathCells tuned, int bridges, double logEvidence) throws InterruptedException, ExecutionException {
        List<Callable<PathCells.Cell>> tasks = new ArrayList<>();
        PublishedBounds.METHODS.forEach(method -> tasks.add(() -> tuned.published(method, bridges)));
        tasks.add(() -> tuned.controlled(bridges));
        tasks.add(() -> tuned.ours(bridges, logEvidence));
        ExecutorService cores = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<PathCells.Cell> cells = new ArrayList<>();
            for (Future<PathCells.Cell> cell : cores.invokeAll(tasks)) {
                cells.add(cell.get());
            }
            return cells;
        } finally {
            cores.shutdownNow();
        }
    }

    private static void add(List<Figure> figures, String label, PathCells.Cell cell) {
        figures.add(Figure.alone(label, cell.bound().mean(), String.format(Locale.ROOT, "nat +- %.3f, %.0f s", cell.bound().standardError(), cell.seconds())));
    }
}
