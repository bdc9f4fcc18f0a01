package authentik

type page[T any] struct {
	Pagination   pagination `json:"pagination"`
	Results      []T        `json:"results"`
	Autocomplete any        `json:"autocomplete,omitempty"`
}

// pagination has numbers where others have links; 0 is no page.
type pagination struct {
	Next       int `json:"next"`
	Previous   int `json:"previous"`
	Count      int `json:"count"`
	Current    int `json:"current"`
	TotalPages int `json:"total_pages"`
	StartIndex int `json:"start_index"`
	EndIndex   int `json:"end_index"`
}

// tokenRow never has a key.
type tokenRow struct {
	PK          string  `json:"pk"`
	Managed     *string `json:"managed"`
	Identifier  string  `json:"identifier"`
	Intent      string  `json:"intent"`
	User        int     `json:"user"`
	UserObj     userRow `json:"user_obj"`
	Description string  `json:"description"`
	Expires     *string `json:"expires"`
	Expiring    bool    `json:"expiring"`
}

type userRow struct {
	PK          int            `json:"pk"`
	Username    string         `json:"username"`
	Name        string         `json:"name"`
	IsActive    bool           `json:"is_active"`
	LastLogin   *string        `json:"last_login"`
	IsSuperuser bool           `json:"is_superuser"`
	Groups      []string       `json:"groups"`
	GroupsObj   []groupRow     `json:"groups_obj"`
	Email       string         `json:"email"`
	Avatar      string         `json:"avatar"`
	Attributes  map[string]any `json:"attributes"`
	UID         string         `json:"uid"`
	Path        string         `json:"path"`
	Type        string         `json:"type"`
	UUID        string         `json:"uuid"`
	*newerUserFields
}

// newerUserFields is what old servers do not tell.
type newerUserFields struct {
	DateJoined         string     `json:"date_joined"`
	LastUpdated        string     `json:"last_updated"`
	PasswordChangeDate string     `json:"password_change_date"`
	Roles              []string   `json:"roles"`
	RolesObj           []namedRow `json:"roles_obj"`
}

type groupRow struct {
	PK          string         `json:"pk"`
	NumPK       int            `json:"num_pk"`
	Name        string         `json:"name"`
	IsSuperuser bool           `json:"is_superuser"`
	Attributes  map[string]any `json:"attributes"`
	*parentFields
}

// parentFields is what only old servers tell.
type parentFields struct {
	Parent     *string `json:"parent"`
	ParentName *string `json:"parent_name"`
}

type namedRow struct {
	PK   string `json:"pk"`
	Name string `json:"name"`
}

type sessionRow struct {
	User  selfRow   `json:"user"`
	Users []selfRow `json:"users,omitempty"` // since 2026.8
}

type selfRow struct {
	IsCurrent         *bool          `json:"is_current,omitempty"` // since 2026.8
	PK                int            `json:"pk"`
	Username          string         `json:"username"`
	Name              string         `json:"name"`
	IsActive          bool           `json:"is_active"`
	IsSuperuser       bool           `json:"is_superuser"`
	Groups            []namedRow     `json:"groups"`
	Roles             *[]namedRow    `json:"roles,omitempty"`
	Email             string         `json:"email"`
	Avatar            string         `json:"avatar"`
	UID               string         `json:"uid"`
	Settings          map[string]any `json:"settings"`
	Type              string         `json:"type"`
	SystemPermissions []string       `json:"system_permissions"`
}

type keyRow struct {
	Key string `json:"key"`
}

type secretRow struct {
	Secret *string `json:"secret"`
}

type usedByRow struct {
	App       string `json:"app"`
	ModelName string `json:"model_name"`
	PK        string `json:"pk"`
	Name      string `json:"name"`
	Action    string `json:"action"`
}

type versionRow struct {
	VersionCurrent     string `json:"version_current"`
	VersionLatest      string `json:"version_latest"`
	VersionLatestValid bool   `json:"version_latest_valid"`
	BuildHash          string `json:"build_hash"`
	Outdated           bool   `json:"outdated"`
	OutpostOutdated    bool   `json:"outpost_outdated"`
}
