package io.driftwood.jobs.tune;

import io.driftwood.inference.assimilate.Observation;
import io.driftwood.inference.learned.Learned;
import io.driftwood.inference.random.Randomness;
import io.driftwood.inference.target.GaussianTarget;
import io.driftwood.inference.target.Target;
import io.driftwood.inference.variational.Bound;
import io.driftwood.inference.variational.PathTuner;
import io.driftwood.inference.variational.TuningRun;
import io.driftwood.inference.variational.TuningState;
import io.driftwood.jobs.configuration.LearnedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run of tuning with a checkpoint in a file: stopped at any iteration and gone on with, it comes to the same tuning, bit for bit, as one that was never
 * stopped.
 */
public final class TuningSession {

    private static final String CHECKPOINT = "path-tuning";
    private static final String FINGERPRINT = "configuration";
    private static final long STARTING = 1;
    private static final long TUNING = 2;

    private final TuningPlan plan;
    private final Path checkpoint;
    private final GaussianTarget coordinates;
    private final TuningRun run;

    /** A checkpoint that is not of this run. */
    public static final class ForeignCheckpointException extends IOException {

        private static final long serialVersionUID = 1;

        ForeignCheckpointException(Path checkpoint, String why) {
            super(checkpoint + " " + why);
        }
    }

    private TuningSession(TuningPlan plan, Path checkpoint, GaussianTarget coordinates, TuningRun run) {
        this.plan = plan;
        this.checkpoint = checkpoint;
        this.coordinates = coordinates;
        this.run = run;
    }

    /** Fits the first normal and begins. */
    public static TuningSession begin(TuningPlan plan, Path checkpoint) {
        Target target = plan.problem().target();
        return of(plan, checkpoint, target, plan.preset().coordinates(plan.problem(), target, randomness(plan).branch(STARTING)));
    }

    /**
     * Goes on from the checkpoint.
     *
     * @throws ForeignCheckpointException when it is of something else
     */
    public static TuningSession resume(TuningPlan plan, Path checkpoint) throws IOException {
        Learned saved = LearnedFile.read(checkpoint);
        if (!saved.type().equals(CHECKPOINT) || !plan.fingerprint().equals(saved.labels().get(FINGERPRINT))) {
            throw new ForeignCheckpointException(checkpoint, "is a checkpoint of another target, sampler or seed");
        }
        try {
            int d = plan.problem().target().dimension();
            GaussianTarget coordinates = new GaussianTarget(saved.array("coordinates-mean", d), saved.array("coordinates-lower", d * d));
            TuningSession session = of(plan, checkpoint, plan.problem().target(), coordinates);
            session.run.restore(TuningState.of(saved.arrays()));
            return session;
        } catch (Learned.UnfitException | IllegalArgumentException e) {
            throw new ForeignCheckpointException(checkpoint, "cannot be gone on with: " + e.getMessage());
        }
    }

    private static TuningSession of(TuningPlan plan, Path checkpoint, Target target, GaussianTarget coordinates) {
        return new TuningSession(plan, checkpoint, coordinates, plan.preset().begin(target, coordinates, randomness(plan).branch(TUNING)));
    }

    private static Randomness randomness(TuningPlan plan) {
        return Randomness.of(plan.seed(), "tune");
    }

    public boolean done() {
        return run.done();
    }

    public int iteration() {
        return run.iteration();
    }

    public int recoveries() {
        return run.recoveries();
    }

    public void advance(int iterations) {
        run.advance(iterations);
    }

    /** What tuning has come to so far: by paths that had no part in it, always the same ones. */
    public PathTuner.Result result() {
        return run.result();
    }

    public void save() throws IOException {
        Map<String, double[]> arrays = new TreeMap<>(run.state().arrays());
        arrays.put("coordinates-mean", coordinates.mean());
        arrays.put("coordinates-lower", coordinates.lower());
        LearnedFile.write(checkpoint,
                Learned.of(plan.name(), CHECKPOINT, run.iteration(), Observation.NO_TIME, Map.of(FINGERPRINT, plan.fingerprint()), arrays));
    }

    /** The tuning as others use it. */
    public Learned learned(PathTuner.Result result, long version) {
        SortedMap<String, String> labels = new TreeMap<>(Map.of("target", plan.target(), FINGERPRINT, plan.fingerprint()));
        Bound bound = result.bound();
        return plan.preset().tuned(coordinates, result).learned(plan.name(), version, Observation.NO_TIME, labels, bound);
    }

    /** When the tuning has been written. */
    public void forget() throws IOException {
        Files.deleteIfExists(checkpoint);
    }
}
