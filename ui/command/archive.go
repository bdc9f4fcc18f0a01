package command

// archived is what git writes into an archive of the source ($Format$, see .gitattributes): the
// commit, its moment and the tag it is described by. In a clone it stays as it stands here.
const archived = "$Format:%H %ct %(describe:tags=true,match=v[0-9]*)$"
