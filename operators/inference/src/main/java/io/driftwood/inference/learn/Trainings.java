package io.driftwood.inference.learn;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;

/** Everything that {@code driftwood learn} can learn from a table. */
public final class Trainings {

    public static final Catalogue<Training> CATALOGUE = Catalogue.of("training",
            Entry.of("mixture", "A mixture of normals by expectation-maximisation: a prior with density, draws and closed forms through any noise.",
                    MixtureFit::new, MixtureFit.OPTIONS),
            Entry.of("ridge-denoiser", "The mean of x given noisy x, linear in random features, by ridge regression; a row at a time in O(p^2) for p features.",
                    RidgeFit::new, RidgeFit.OPTIONS),
            Entry.of("perceptron-denoiser", "The mean of x given noisy x by a residual perceptron, trained by denoising score matching: for data that mixtures do not describe, such as images.",
                    PerceptronFit::new, PerceptronFit.OPTIONS));

    private Trainings() {}
}
