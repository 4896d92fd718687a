// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;
import org.sparekey.protocol.problem.ProblemPage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
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

    /** The page of a problem, in whichever of its languages the reader likes better; in English where he likes neither. */
    @GetMapping("/problems/{slug}")
    ResponseEntity<String> problem(@PathVariable String slug, HttpServletRequest request) {
        Problem problem = ProblemPage.named(slug)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "no problem of this name"));
        ProblemPage.Language language = liked(Collections.list(request.getLocales()));
        return ResponseEntity.ok()
                .contentType(MARKDOWN)
                .header(HttpHeaders.CONTENT_LANGUAGE, language.name().toLowerCase(Locale.ROOT))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .body(ProblemPage.text(problem, language));
    }

    /** @param best first (RFC 9110 section 12.5.4) */
    private static ProblemPage.Language liked(List<Locale> best) {
        return best.stream()
                .flatMap(locale -> Arrays.stream(ProblemPage.Language.values())
                        .filter(language -> language.name().equalsIgnoreCase(locale.getLanguage())))
                .findFirst()
                .orElse(ProblemPage.Language.EN);
    }

    @GetMapping("/openapi.yaml")
    ResponseEntity<Resource> contract() {
        return ResponseEntity.ok().contentType(YAML).body(new ClassPathResource("/org/sparekey/protocol/openapi.yaml"));
    }
}
