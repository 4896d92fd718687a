// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The container's last resort, for what failed outside the answer filter: a bare problem, nothing of our insides. */
@Controller
@ConditionalOnWebApplication
class ErrorPage implements ErrorController {

    private final Refusals refusals;
    private final RequestIds ids;

    ErrorPage(Refusals refusals, RequestIds ids) {
        this.refusals = refusals;
        this.ids = ids;
    }

    @RequestMapping("/error")
    void render(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 500;
        refusals.write(response, Refusals.forStatus(status), ids.next());
    }
}
