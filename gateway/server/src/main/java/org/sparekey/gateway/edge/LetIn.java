// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.sparekey.gateway.parties.Caller;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** The caller as the framework's authorization rules see him: by the scopes of his token. */
final class LetIn extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1;

    private final transient Caller caller;

    LetIn(Caller caller, Set<String> scopes) {
        super(authorities(scopes));
        this.caller = caller;
        setAuthenticated(true);
    }

    private static Collection<? extends GrantedAuthority> authorities(Set<String> scopes) {
        return scopes.stream().map(SimpleGrantedAuthority::new).toList();
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public Object getCredentials() {
        return List.of();
    }
}
