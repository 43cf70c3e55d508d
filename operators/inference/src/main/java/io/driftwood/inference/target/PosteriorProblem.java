package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Option;
import io.driftwood.inference.catalogue.Settings;
import io.driftwood.inference.catalogue.Shape;
import io.driftwood.inference.model.ConjugateModel;
import io.driftwood.inference.model.Model;
import io.driftwood.inference.model.Models;
import io.driftwood.inference.model.Rows;
import io.driftwood.inference.numeric.Scratch;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The posterior of a model given a whole table of data; its normaliser is the evidence.
 *
 * @param reference a normal start; the Laplace approximation where one was found
 */
record PosteriorProblem(Model model, Rows rows, GaussianTarget reference, OptionalDouble logNormaliser) implements Problem {

    static final Option[] OPTIONS = {
        Option.required("model", Shape.variantOrClass(Models.CATALOGUE), "The model."),
        Option.required("data", Shape.table(),
                "The observations, those with a missing number left out: a file with the model's fields among its columns, or rows with the fields in the model's order, the response first."),
    };

    static PosteriorProblem build(Settings settings) {
        Model model = Models.build(settings.struct("model"));
        Rows rows = DataRows.encoded(model, settings);
        if (!model.isProper(rows)) {
            throw settings.problem("data", "leaves the posterior improper under this prior: there are too few observations");
        }
        return of(model, rows);
    }

    /** Starting from the Laplace approximation at the mode, or from the standard normal when there is none to be found. */
    static PosteriorProblem of(Model model, Rows rows) {
        PosteriorTarget target = new PosteriorTarget(model).on(rows);
        GaussianTarget start = LaplaceApproximation.of(target, new double[target.dimension()], new Scratch())
                .map(laplace -> laplace.widened(1)).orElseGet(() -> GaussianTarget.standard(target.dimension()));
        return new PosteriorProblem(model, rows, start, evidence(model, rows));
    }

    /** Known for a conjugate model: the product of its predictive densities. */
    private static OptionalDouble evidence(Model model, Rows rows) {
        if (!(model instanceof ConjugateModel conjugate)) {
            return OptionalDouble.empty();
        }
        double[] statistics = new double[conjugate.statisticsLength()];
        double[] row = new double[rows.width];
        conjugate.initialise(statistics);
        double log = 0;
        for (int r = 0; r < rows.count; r++) {
            System.arraycopy(rows.values, r * rows.width, row, 0, rows.width);
            log += conjugate.logPredictive(statistics, row);
            conjugate.update(statistics, row);
        }
        return OptionalDouble.of(log);
    }

    static PosteriorProblem fromStandardNormal(Model model, Rows rows) {
        return new PosteriorProblem(model, rows, GaussianTarget.standard(model.parameters().dimension()), OptionalDouble.empty());
    }

    PosteriorProblem withLogNormaliser(double known) { return new PosteriorProblem(model, rows, reference, OptionalDouble.of(known)); }

    @Override
    public PosteriorTarget target() { return new PosteriorTarget(model).on(rows); }

    @Override
    public List<String> names() { return model.parameters().unconstrainedNames(); }
}
