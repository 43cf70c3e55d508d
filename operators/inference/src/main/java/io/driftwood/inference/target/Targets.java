package io.driftwood.inference.target;

import io.driftwood.inference.catalogue.Catalogue;
import io.driftwood.inference.catalogue.Entry;

/** The built-in targets: distributions to sample from, with what is known about them. */
public final class Targets {

    public static final Catalogue<Problem> CATALOGUE = Catalogue.of("target",
            Entry.of("gaussian", "Normal distribution; exact draws and normaliser known.", GaussianOptions::gaussian, GaussianOptions.GAUSSIAN),
            Entry.of("gaussian-mixture", "Mixture of normals, isotropic, diagonal or full; exact draws, normaliser and smoothing known.",
                    GaussianOptions::mixture, GaussianOptions.MIXTURE));

    private Targets() {}
}
