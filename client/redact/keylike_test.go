package redact

import "testing"

func TestNamesOfPeopleLookLikeNoKey(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"", "awx2-prod-eu1", "~/.config/authdeck/AwxTowerProdToken.txt", "/home/sara/.password-store/shop", "k8s-prod-eu-west-1a",
		"SHOP_TOKEN_2024", "1password-cli", "op://Private/AWX-Prod2/token", "MyOtherServiceTokenFile", "service-account-svc-one",
	} {
		if LooksLikeKey(name) {
			t.Errorf("%q is taken for a key", name)
		}
	}
}
