// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.util.Locale;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.problem.ProblemPage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What everybody may read on the public listener beside the log: the contract and the pages of its problems. */
@RestController
@ConditionalOnWebApplication
class PublicPages {

    private static final MediaType MARKDOWN = MediaType.parseMediaType("text/markdown;charset=UTF-8");
    private static final MediaType YAML = MediaType.parseMediaType("application/yaml;charset=UTF-8");

    /** The page of a problem, in Dutch for whoever prefers it. */
    @GetMapping("/problems/{slug}")
    ResponseEntity<String> problem(@PathVariable String slug, Locale locale) {
        Problem problem = ProblemPage.named(slug)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no problem of this name"));
        ProblemPage.Language language =
                locale.getLanguage().equals("nl") ? ProblemPage.Language.NL : ProblemPage.Language.EN;
        return ResponseEntity.ok().contentType(MARKDOWN).body(ProblemPage.text(problem, language));
    }

    @GetMapping("/openapi.yaml")
    ResponseEntity<Resource> contract() {
        return ResponseEntity.ok().contentType(YAML).body(new ClassPathResource("/org/sparekey/protocol/openapi.yaml"));
    }
}
