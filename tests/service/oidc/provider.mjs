// A real OpenID provider for the tests: `node provider.mjs PORT CLIENT_ID SECRET REDIRECT_URI`. PKCE is required.
// Everybody who signs in is in the groups that their name names: "anna+beoordelaars" is in "beoordelaars".
import Provider from 'oidc-provider';

const [port, clientId, secret, redirectUri] = process.argv.slice(2);
const back = new URL('/inloggen', redirectUri).href;
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: clientId, client_secret: secret, redirect_uris: [redirectUri], post_logout_redirect_uris: [back],
  }],
  pkce: { required: () => true },
  scopes: ['openid', 'profile', 'groups'],
  claims: { openid: ['sub'], profile: ['name'], groups: ['groups'] },
  cookies: { keys: ['only for tests'] },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: `Naam van ${id}`, groups: id.split('+').slice(1) }),
  }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
